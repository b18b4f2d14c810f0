//! `const B: usize` covers the sizes below 1,000; `B: Dim` covers all.
use cotangent::prelude::*;

graph! {
    fn by_const<const B: usize>(x: [B, 4]) -> [B] {
        sum_axis(x, 1)
    }

    fn by_dim<B: Dim>(x: [B, 4]) -> [B] {
        sum_axis(x, 1)
    }
}

fn main() {
    let y = by_const::<f64, 3>().value(&Tensor::ones(), ());
    assert_eq!(y, Tensor::from([4.0; 3]));
    let y: Tensor<f64, shape![1000]> =
        by_dim::<f64, N2<1, 0>>().value(&Tensor::ones(), ());
    assert_eq!(y.as_slice().len(), 1000);
    let y: Tensor<f64, (N<3>,)> = by_dim::<f64, N<3>>().value(&Tensor::ones(), ());
    assert_eq!(y, Tensor::from([4.0; 3]));
}
