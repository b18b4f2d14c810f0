use cotangent::prelude::*;

graph! {
    fn loss(logits: [32, 10]; labels: [32] < 10) -> [] {
        cross_entropy(logits, labels)
    }

    fn network(x: [32, 10]; y: [32]) -> [] {
        loss(x, y)
    }
}

fn main() {
    network::<f32>();
}
