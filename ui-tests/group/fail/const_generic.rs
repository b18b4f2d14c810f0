use cotangent::prelude::*;

graph! {
    struct Linear<const I: usize, const O: usize> { weight: [I, O], bias: [O] }

    fn linear(x: [32, 784], p: Linear<784, 10>) -> [32, 10] {
        matmul(x, p.weight) + p.bias
    }
}

fn main() {
    linear::<f32>();
}
