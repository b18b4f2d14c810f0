use cotangent::prelude::*;

fn main() {
    let loss = Tensor::scalar(2.0);
    println!("{:?}", loss.row(0));
}
