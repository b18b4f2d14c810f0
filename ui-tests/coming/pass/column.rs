use cotangent::prelude::*;

fn main() {
    let loss = graph!(|w: [2, 1]; x: [4, 2], y: [4, 1]| mean(square(matmul(x, w) + 0.5 - y)));
    let x = Tensor::from([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
    let y = Tensor::from([[0.5], [-0.5], [2.5], [1.5]]);
    let w = Tensor::from([[2.0], [-1.0]]);
    assert_eq!(loss.value(&w, (&x, &y)).item(), 0.0);
}
