use cotangent::prelude::*;

graph! {
    fn scores<const B: usize>(x: [B, 64], y: [32, 64]) -> [] {
        mse(x, y)
    }
}

fn main() {
    scores::<f32, 32>();
}
