use cotangent::prelude::*;
use generic_array::arr;

fn main() {
    let _: Tensor<f64, shape![2, 3]> = arr![1.0, 2.0, 3.0, 4.0, 5.0].into();
}
