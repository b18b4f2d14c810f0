//! Several outputs, and a cotangent for each.
use cotangent::prelude::*;

graph! {
    fn both(x: [2]) -> ([2], []) {
        (relu(x), sum(x))
    }
}

fn main() {
    let x = tlist![Tensor::from([-1.0, 3.0])];
    let g = both::<f64>();
    let (y, total) = g.value(&x, ());
    assert_eq!((y, total.item()), (Tensor::from([0.0, 3.0]), 2.0));
    let dy = (Tensor::ones(), Tensor::scalar(10.0));
    let (_, tlist![dx]) = g.vjp(&x, (), &dy);
    assert_eq!(dx, Tensor::from([10.0, 11.0]));
}
