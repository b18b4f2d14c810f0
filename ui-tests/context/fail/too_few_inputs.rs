use cotangent::prelude::*;

fn main() {
    let g = graph!(|x: [2, 3], w: [3, 4]| matmul(x, w));
    let x = Tensor::<f64, shape![2, 3]>::zeros();
    g.value(&x, ());
}
