use cotangent::prelude::*;

graph! {
    fn logits(x: [32, 64], w: [64, 10]) -> [32, 10] {
        matmul(x, w)
    }
}

fn main() {
    let g = logits::<f32>();
    let dy = Tensor::<f32, shape![32, 12]>::ones();
    g.vjp(&tlist![Tensor::zeros(), Tensor::zeros()], (), &dy);
}
