use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }

    fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] {
        matmul(x, p.weight) + p.bias
    }

    fn network<const L: usize>(x: [32, 64], p: [Linear<64, 64>; L]) -> [32, 64] {
        repeat(linear)(x, p)
    }
}

fn main() {
    let layer = Linear::of(Tensor::ones(), Tensor::zeros());
    let x = tlist![Tensor::ones(), [layer.clone(), layer]];
    let (_, tlist![_, [first, _]]) = network::<f32, 2>().vjp(&x, (), &Tensor::ones());
    let _ = first;
}
