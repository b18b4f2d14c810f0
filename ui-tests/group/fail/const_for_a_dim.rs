use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }

    fn linear(x: [32, 784], p: Linear<const 784, 10>) -> [32, 10] {
        matmul(x, p.weight) + p.bias
    }
}

fn main() {
    linear::<f32>();
}
