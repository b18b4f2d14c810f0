use cotangent::prelude::*;

fn main() {
    let g = graph!(|x: [3]| tanh(x));
    let x = tlist![Tensor::from([1.0, 2.0, 3.0])];
    let dx = tlist![Tensor::from([1.0, 2.0])];
    g.jvp(&x, &dx, ());
}
