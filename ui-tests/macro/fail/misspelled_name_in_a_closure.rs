use cotangent::prelude::*;

fn main() {
    let g = graph!(|x: [3], bias: [3]| relu(x + bais));
    g.value(&tlist![Tensor::<f32, _>::ones(), Tensor::ones()], ());
}
