use cotangent::prelude::*;

graph! {
    fn double<const B: usize>(x: [B, 64]) -> [B, 64] {
        x + x
    }
}

fn main() {
    double::<f32, 1000>();
}
