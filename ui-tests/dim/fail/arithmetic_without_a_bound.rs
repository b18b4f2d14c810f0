use cotangent::prelude::*;

fn half<D: Dim>(x: &Tensor<f32, shape![D / 2]>) {
    let _ = x;
}

fn main() {}
