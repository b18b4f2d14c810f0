use cotangent::prelude::*;

graph! {
    fn loss(logits: [32, 10]; labels: [32] < 10, weights: [32]) -> [] {
        cross_entropy_with(logits, labels, weights, CrossEntropyOptions::new())
    }
}

fn main() {
    loss::<f32>();
}
