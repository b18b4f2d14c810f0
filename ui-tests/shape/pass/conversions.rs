//! Tensors from and to arrays, with the count checked by type.
use cotangent::prelude::*;
use generic_array::{GenericArray, arr};

fn main() {
    let t: Tensor<f64, shape![2, 3]> = Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    let u: Tensor<f64, shape![2, 3]> = Tensor::from_generic_array(arr![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_eq!(t, u);
    let back: GenericArray<f64, _> = u.to_generic_array();
    assert_eq!(back.len(), 6);
    let large = Tensor::<f32, shape![1000, 2]>::zeros();
    assert_eq!(large.dims(), &[1000, 2]);
}
