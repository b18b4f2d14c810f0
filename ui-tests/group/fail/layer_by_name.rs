use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }

    fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] {
        matmul(x, p.weight) + p.bias
    }

    fn network(x: [32, 64], p: [Linear<64, 64>; 3]) -> [32, 64] {
        linear(x, p["last"])
    }
}

fn main() {
    network::<f32>();
}
