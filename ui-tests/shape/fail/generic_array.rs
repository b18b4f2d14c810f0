use cotangent::prelude::*;
use generic_array::arr;

fn main() {
    let elements = arr![1.0, 2.0, 3.0, 4.0, 5.0];
    let _: Tensor<f64, shape![2, 3]> = Tensor::from_generic_array(elements);
}
