use cotangent::prelude::*;

fn main() {
    let g = graph!(|x: [2]| relu(x));
    g.values::<2>(&tlist![Tensor::from([1.0, 2.0])], &tlist![]);
}
