use cotangent::prelude::*;

fn main() {
    let _ = Tensor::from([0.5; 1000]);
}
