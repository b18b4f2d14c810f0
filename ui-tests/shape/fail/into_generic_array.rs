use cotangent::prelude::*;
use generic_array::{GenericArray, arr};

fn main() {
    let t = Tensor::<f64, shape![2, 3]>::ones();
    let five: GenericArray<f64, _> = arr![1.0, 2.0, 3.0, 4.0, 5.0];
    assert_eq!(Tensor::from_generic_array(five), t);
}
