use cotangent::prelude::*;

fn main() {
    let w = tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0)];
    let dw = tlist![Tensor::from([0.5, 0.5, 0.5]), Tensor::scalar(1.0)];
    println!("{:?}", &w - &dw * 0.1);
}
