use cotangent::prelude::*;

fn main() {
    let f = graph!(|x: [3]| sum(powi(x, 3)) + square(sum(x)));
    let x = Tensor::from([1.0, 2.0, 3.0]);
    let v = Tensor::from([1.0, 0.0]);
    let (_, tlist![hv]) = f.gradient().value_and_jvp(&x, &v, ());
    assert_eq!(hv, Tensor::from([6.0, 0.0, -18.0]));
}
