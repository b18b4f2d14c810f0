use cotangent::prelude::*;

graph! {
    fn enlarge(x: [8, 16, 14, 14], w: [3, 16, 2, 2]) -> [8, 3, 28, 28] {
        conv_transpose2d(x, w, NoBias, ConvWindow::new().stride::<2, 2>())
    }
}

fn main() {}
