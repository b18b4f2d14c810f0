use cotangent::prelude::*;

graph! {
    fn layer(x: [8, 3, 28, 28], w: [16, 3, 5, 5]) -> [8, 16, 24, 24] {
        conv2d(x, w, ConvWindow::new())
    }
}

fn main() {}
