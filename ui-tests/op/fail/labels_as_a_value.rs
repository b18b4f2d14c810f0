use cotangent::prelude::*;

graph! {
    fn loss(logits: [32, 10], labels: [32]) -> [] {
        cross_entropy(logits, labels)
    }
}

fn main() {
    loss::<f32>();
}
