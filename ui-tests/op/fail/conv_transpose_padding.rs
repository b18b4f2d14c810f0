use cotangent::prelude::*;

graph! {
    fn enlarge(x: [8, 16, 1], w: [16, 3, 2]) -> [8, 3, 2] {
        conv_transpose1d(x, w, NoBias, ConvWindow1d::new().padding::<2>())
    }
}

fn main() {}
