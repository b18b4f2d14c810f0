use cotangent::prelude::*;

graph! {
    fn layer(x: [32, 64], w: [64, 64]; labels: [32] < 64) -> [] {
        cross_entropy(matmul(x, w), labels)
    }

    fn network(x: [32, 64], w: [64, 64]; labels: [32] < 10) -> [] {
        layer(x, w, labels)
    }
}

fn main() {
    network::<f32>();
}
