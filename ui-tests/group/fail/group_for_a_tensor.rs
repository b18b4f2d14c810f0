use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }

    fn project(x: [32, 784], p: Linear<784, 10>) -> [32, 10] {
        matmul(x, p)
    }
}

fn main() {
    project::<f32>();
}
