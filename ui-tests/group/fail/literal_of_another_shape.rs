use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }

    fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] {
        matmul(x, p.weight) + p.bias
    }

    fn network(x: [32, 784], w: [784, 10], b: [12]) -> [32, 10] {
        linear(x, Linear { weight: w, bias: b })
    }
}

fn main() {
    network::<f32>();
}
