use cotangent::prelude::*;

fn main() {
    let g = graph!(|x: [784]| sum(x * x));
    let (_, tlist![dx]) = g.value_and_vjp(&tlist![Tensor::<f32, _>::ones()], ());
    let _: Tensor<f32, shape![768]> = dx;
}
