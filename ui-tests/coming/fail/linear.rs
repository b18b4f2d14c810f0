use cotangent::prelude::*;

fn main() {
    let loss = graph!(|w: [3], b: []; x: [4, 2], y: [4]| mse(matmul(x, w) + b, y));
    let x = Tensor::from([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
    let y = Tensor::from([0.5, -0.5, 2.5, 1.5]);
    loss.value(&tlist![Tensor::zeros(), Tensor::zeros()], (&x, &y));
}
