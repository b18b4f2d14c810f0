#![deny(unused_variables)]
use cotangent::prelude::*;

graph! {
    fn hidden(x: [3], w: [3], _b: [3]; labels: [3] < 10, _key) -> [3] {
        let h = tanh(x);
        let _i = tanh(x);
        relu(x)
    }
}

fn main() {
    hidden::<f32>();
    let g = graph!(|x: [2], y: [2], _z: [2]| sum(x));
    g.value(&tlist![Tensor::<f32, _>::ones(), Tensor::ones(), Tensor::ones()], ());
}
