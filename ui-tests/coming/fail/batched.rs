use cotangent::prelude::*;

fn main() {
    let loss: GraphData<f64, _, _, _> = graph!(|w: [3, 2]; x: [4]| sum(tanh(einsum!("i,io->o", x, w))));
    loss.program();
}
