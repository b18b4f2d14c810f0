use cotangent::prelude::*;

fn main() {
    let _ = Tensor::from([1.0, 2.0]).item();
}
