use cotangent::prelude::*;
use num_rational::BigRational;

fn main() {
    let g = graph!(|x: [3]| exp(x));
    let x = Tensor::<BigRational, shape![3]>::zeros();
    g.value(&x, ());
}
