use cotangent::prelude::*;

graph! {
    fn loss(w: [64, 10]; x: [32, 64], y: [32]) -> [] {
        cross_entropy(matmul(x, w), y)
    }
}

fn main() {
    loss::<f32>();
}
