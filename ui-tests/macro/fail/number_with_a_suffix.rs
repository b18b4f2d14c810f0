use cotangent::prelude::*;

fn main() {
    let g = graph!(|x: [3]| x * 0.5f32);
    g.value(&tlist![Tensor::<f32, _>::ones()], ());
}
