use cotangent::prelude::*;
use cotangent::scalar::MinPlus;

fn roads(x: &Tensor<MinPlus, shape![2]>, y: &Tensor<MinPlus, shape![2]>) -> Tensor<MinPlus, shape![2]> {
    x - y
}

fn main() {
    let x = Tensor::zeros();
    println!("{}", roads(&x, &x));
}
