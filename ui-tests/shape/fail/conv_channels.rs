use cotangent::prelude::*;

fn main() {
    graph!(|x: [1, 4, 9, 9], w: [8, 3, 3, 3]| conv2d(x, w, ConvWindow::new()));
}
