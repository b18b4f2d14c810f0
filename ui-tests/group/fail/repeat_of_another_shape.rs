use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }

    fn linear(x: [32, 64], p: Linear<64, 48>) -> [32, 48] {
        matmul(x, p.weight) + p.bias
    }

    fn network<const L: usize>(x: [32, 64], p: [Linear<64, 48>; L]) -> [32, 64] {
        repeat(linear)(x, p)
    }
}

fn main() {
    network::<f32, 3>();
}
