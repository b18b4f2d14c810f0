use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }

    fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] {
        matmul(x, p.weight) + p.bias
    }
}

fn main() {
    let (w, b) = (Tensor::<f32, shape![784, 10]>::ones(), Tensor::<f32, shape![10]>::zeros());
    let p = Linear::of(b, w);
    linear::<f32, N<32>, N<784>, N<10>>().value(&tlist![Tensor::ones(), p], ());
}
