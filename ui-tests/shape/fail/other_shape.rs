use cotangent::prelude::*;

fn norm(x: &Tensor<f64, shape![50257, 768]>) -> f64 {
    x.dot(x)
}

fn main() {
    let embedding = Tensor::<f64, shape![768, 50257]>::zeros();
    norm(&embedding);
}
