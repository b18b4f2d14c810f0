use cotangent::prelude::*;

graph! {
    fn logits(x: [32, 64], w: [64, 10], b: [12]) -> [32, 10] {
        matmul(x, w) + b
    }
}

fn main() {
    logits::<f32>();
}
