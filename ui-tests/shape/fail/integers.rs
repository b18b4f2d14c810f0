use cotangent::prelude::*;

fn main() {
    let _ = Tensor::from([1, 2, 3]);
}
