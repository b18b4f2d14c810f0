use cotangent::prelude::*;

fn doubled<D: Dim>(x: &Tensor<f32, shape![D * 2]>) {
    let _ = x;
}

fn main() {}
