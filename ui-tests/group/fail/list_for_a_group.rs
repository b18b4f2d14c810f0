use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }

    fn linear(x: [32, 784], p: Linear<784, 10>) -> [32, 10] {
        matmul(x, p.weight) + p.bias
    }
}

fn main() {
    let (x, w, b) = (Tensor::<f32, _>::ones(), Tensor::ones(), Tensor::ones());
    linear().value(&tlist![x, tlist![w, b]], ());
}
