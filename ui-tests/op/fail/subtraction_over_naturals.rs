use cotangent::prelude::*;
use num_bigint::BigUint;

fn main() {
    let g = graph!(|x: [3], y: [3]| x - y);
    g.value(&tlist![Tensor::<BigUint, _>::ones(), Tensor::ones()], ());
}
