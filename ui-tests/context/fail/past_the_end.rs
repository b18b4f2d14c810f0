use cotangent::prelude::*;

fn main() {
    let list = tlist![Tensor::scalar(1.0), Tensor::from([2.0, 3.0])];
    list.get::<2>();
}
