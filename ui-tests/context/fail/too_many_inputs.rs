use cotangent::prelude::*;

fn main() {
    let g = graph!(|x: [2, 3]| sum(x));
    let x = Tensor::<f64, shape![2, 3]>::zeros();
    g.value(&tlist![x.clone(), x], ());
}
