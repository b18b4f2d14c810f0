use cotangent::prelude::*;

graph! {
    fn logits(x: [32, 64], w: [64, 10]) -> [32, 12] {
        matmul(x, w)
    }
}

fn main() {
    logits::<f32>();
}
