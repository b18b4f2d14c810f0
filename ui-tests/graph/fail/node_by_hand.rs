use cotangent::prelude::*;
use frunk::hlist_pat;

fn main() {
    let g = GraphData::<f64, (), context![[2, 3], [2, 3]], _>::nil();
    let hlist_pat![x, w] = g.inputs();
    let (g, h) = g.node("h", matmul(x, w));
    g.node("y", relu(h));
}
