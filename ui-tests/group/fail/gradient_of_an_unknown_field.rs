use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }

    fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] {
        matmul(x, p.weight) + p.bias
    }
}

fn main() {
    let g = linear::<f32, N<32>, N<784>, N<10>>();
    let p = Linear::of(Tensor::ones(), Tensor::zeros());
    let (_, tlist![_, dp]) = g.vjp(&tlist![Tensor::ones(), p], (), &Tensor::ones());
    println!("{:?}", dp.wieght);
}
