use cotangent::prelude::*;

fn main() {
    graph!(|x: [4, 9, 9], w: [8, 4, 3, 3]| conv2d(x, w, ConvWindow::new()));
}
