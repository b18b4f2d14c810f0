use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }

    fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] {
        matmul(x, p.weight) + p.bias
    }
}

fn main() {
    let (x, w, b) = (Tensor::ones(), Tensor::ones(), Tensor::ones());
    linear::<f32, N<32>, N<784>, N<10>>().value(&tlist![x, w, b], ());
}
