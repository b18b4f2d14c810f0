//! Numbers beside values.
use cotangent::prelude::*;

graph! {
    fn numbers(x: [2]) -> [2] {
        let a = 2 * x - 0.5;
        let b = 1 - a / 4;
        -(1 / b) + 1e-3
    }
}

fn main() {
    let y = numbers::<f64>().value(&Tensor::from([0.25, 2.25]), ());
    assert_eq!(y, Tensor::from([-0.999, -1e6_f64.recip() * 0.0 + f64::NEG_INFINITY]));
}
