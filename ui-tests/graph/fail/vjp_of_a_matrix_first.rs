use cotangent::prelude::*;

graph! {
    fn both(x: [32, 10]) -> ([32, 10], []) {
        (relu(x), sum(x))
    }
}

fn main() {
    both::<f32>().value_and_vjp(&tlist![Tensor::zeros()], ());
}
