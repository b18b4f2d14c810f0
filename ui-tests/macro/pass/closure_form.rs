//! A graph as an expression, with Rust values from around it.
use cotangent::prelude::*;

fn main() {
    let rate = 0.25;
    let g = graph!(|x: [2, 3], w: [3, 4]| {
        let h: [2, 4] = relu(matmul(x, w));
        scale(h, { rate * 2.0 })
    });
    let y = g.value(&tlist![Tensor::<f64, _>::ones(), Tensor::ones()], ());
    assert_eq!(y, Tensor::full(1.5));
    let outer = graph!(|x: [2, 3], w: [3, 4]| sum({ g.clone() }(x, w)));
    let y = outer.value(&tlist![Tensor::<f64, _>::ones(), Tensor::ones()], ());
    assert_eq!(y.item(), 12.0);
}
