use cotangent::prelude::*;

fn main() {
    let g = graph!(|x: [2]| relu(x));
    let (y, last) = g.value(&Tensor::from([1.0, 2.0]), ());
    let _ = (y, last);
}
