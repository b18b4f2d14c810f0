use cotangent::prelude::*;
use cotangent::scalar::{Dual, Modular};

fn main() {
    let g = graph!(|x: [3]| exp(x));
    g.value(&tlist![Tensor::<Dual<Modular>, _>::ones()], ());
}
