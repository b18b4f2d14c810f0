use cotangent::prelude::*;

graph! {
    fn loss(w: [64, 10]; x: [32, 64], labels: [32] < 10) -> [] {
        cross_entropy(matmul(x, w), labels)
    }
}

fn main() {
    let g = loss::<f32>();
    g.value(&Tensor::zeros(), &tlist![Tensor::ones()]);
}
