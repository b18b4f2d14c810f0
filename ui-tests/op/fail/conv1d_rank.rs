use cotangent::prelude::*;

graph! {
    fn convolve(x: [3, 28], w: [16, 3, 5]) -> [16, 24] {
        conv1d(x, w, NoBias, ConvWindow1d::new())
    }
}

fn main() {}
