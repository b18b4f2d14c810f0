use cotangent::prelude::*;

fn main() {
    let g = graph!(|x: [3], w: [3]| sum(x * w));
    let x = tlist![Tensor::from([1.0, 2.0, 3.0]), Tensor::ones()];
    let (_, tlist_pat![_, dw, _]) = g.value_and_vjp(&x, ());
    assert_eq!(dw, Tensor::from([1.0, 2.0, 3.0]));
}
