use cotangent::prelude::*;

fn main() {
    let _: Tensor<f32, shape![1, 2, 3, 4, 5, 6, 7]> = Tensor::zeros();
}
