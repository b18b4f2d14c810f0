//! A graph without the macro.
use cotangent::prelude::*;
use frunk::hlist_pat;

fn main() {
    let g = GraphData::<f64, (), context![[2, 3], [3, 2]], _>::nil();
    let hlist_pat![x, w] = g.inputs();
    let (g, h) = g.node("h", matmul(x, w));
    let (g, _) = g.node("y", sum(h));
    let (y, _) = g.value_and_vjp(&tlist![Tensor::ones(), Tensor::ones()], ());
    assert_eq!(y.item(), 12.0);
}
