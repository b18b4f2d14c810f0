use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }

    fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] {
        matmul(x, p.weight) + p.bias
    }
}

fn main() {
    let p = Linear { weight: Tensor::<f32, shape![784, 10]>::ones(), bias: Tensor::zeros() };
    println!("{:?}", p.bias);
}
