use cotangent::prelude::*;

fn main() {
    let g = graph!(|x: [3], w: [3], b: []| sum(x * w) + b);
    let x = tlist![Tensor::from([1.0, 2.0, 3.0]), Tensor::ones(), Tensor::scalar(0.5)];
    let (_, tlist![_, dw]) = g.value_and_vjp(&x, ());
    assert_eq!(dw, Tensor::from([1.0, 2.0, 3.0]));
}
