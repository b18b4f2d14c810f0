use cotangent::prelude::*;
use cotangent::scalar::MinPlus;

fn main() {
    let g = graph!(|x: [3], y: [3]| x - y);
    g.value(&tlist![Tensor::<MinPlus, _>::ones(), Tensor::ones()], ());
}
