use cotangent::prelude::*;

fn main() {
    graph!(|x: [1, 3, 9, 9], w: [8, 3, 3, 0]| conv2d(x, w, ConvWindow::new()));
}
