use cotangent::prelude::*;
use generic_array::{GenericArray, typenum::U5};

fn flat(t: Tensor<f64, shape![2, 3]>) -> GenericArray<f64, U5> {
    t.into()
}

fn main() {
    flat(Tensor::full(1.0));
}
