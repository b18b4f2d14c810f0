use cotangent::prelude::*;

graph! {
    fn enlarge(x: [8, 16, 14, 14]) -> [8, 16, 0, 0] {
        upsample_bilinear(x, 0)
    }
}

fn main() {}
