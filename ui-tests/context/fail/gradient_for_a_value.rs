use cotangent::prelude::*;

fn main() {
    let g = graph!(|x: [784]| sum(x * x));
    let (tlist![dx], y) = g.value_and_vjp(&tlist![Tensor::<f32, _>::ones()], ());
    let _ = (dx, y);
}
