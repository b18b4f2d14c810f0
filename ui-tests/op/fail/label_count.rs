use cotangent::prelude::*;

graph! {
    fn loss(logits: [32, 10]; labels: [16] < 10) -> [] {
        cross_entropy(logits, labels)
    }
}

fn main() {
    loss::<f32>();
}
