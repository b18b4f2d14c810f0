use cotangent::prelude::*;

graph! {
    fn loss(logits: [2, 10]; labels: [2] < 10) -> [] {
        cross_entropy(logits, labels)
    }
}

fn main() {
    let g = loss::<f32>();
    g.value_and_vjp(&tlist![Tensor::zeros()], ());
}
