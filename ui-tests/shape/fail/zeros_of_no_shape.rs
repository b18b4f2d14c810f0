use cotangent::prelude::*;

fn main() {
    let zeros = Tensor::zeros();
    println!("{zeros:?}");
}
