use cotangent::prelude::*;

fn doubled(x: &Tensor<f32, shape![String * 2]>) {
    let _ = x;
}

fn main() {}
