use cotangent::prelude::*;

fn main() {
    graph!(|x: [1, 5, 9, 9], w: [8, 2, 3, 3]| conv2d(x, w, ConvWindow::new().groups::<2>()));
}
