use cotangent::prelude::*;

graph! {
    fn logits(x: [32, 64], w: [64, 10]) -> [32, 10] {
        matmul(x, w)
    }
}

fn main() {
    let g = logits::<f32>();
    g.value_and_vjp(&tlist![Tensor::zeros(), Tensor::zeros()], ());
}
