use cotangent::prelude::*;

fn main() {
    let t = Tensor::from([[1.0, 2.0], [3.0, 4.0]]);
    let _ = t[[1]];
}
