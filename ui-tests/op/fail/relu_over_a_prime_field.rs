use cotangent::prelude::*;
use cotangent::scalar::Modular;

fn main() {
    let g = graph!(|x: [3]| relu(x));
    g.value(&tlist![Tensor::<Modular, _>::ones()], ());
}
