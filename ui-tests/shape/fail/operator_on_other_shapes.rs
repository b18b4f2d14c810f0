use cotangent::prelude::*;

fn main() {
    let w = Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    let bias = Tensor::from([0.5, 0.25, 0.0]);
    // Outside a graph nothing is repeated.
    println!("{}", &w + &bias);
}
