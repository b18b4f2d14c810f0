use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }

    fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] {
        matmul(x, p.weight) + p.bias
    }
}

fn start() -> Parameters<f32, Linear<N<784>, N<10>>> {
    Linear { wieght: Tensor::ones(), bias: Tensor::zeros() }
}

fn main() {
    start();
}
