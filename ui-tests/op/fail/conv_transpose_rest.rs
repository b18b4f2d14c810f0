use cotangent::prelude::*;

graph! {
    fn enlarge(x: [8, 16, 14, 14], w: [16, 3, 3, 3]) -> [8, 3, 29, 29] {
        conv_transpose2d(x, w, NoBias, ConvWindow::new().stride::<2, 2>().padding::<1, 1>().output_padding::<2, 2>())
    }
}

fn main() {}
