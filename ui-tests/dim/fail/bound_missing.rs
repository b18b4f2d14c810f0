use cotangent::prelude::*;

fn zeros<const B: usize>() -> Tensor<f32, shape![{ B }, 10]> {
    Tensor::zeros()
}

fn main() {
    zeros::<32>();
}
