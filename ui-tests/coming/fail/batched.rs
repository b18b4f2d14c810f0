use cotangent::prelude::*;

graph! {
    fn loss(x: [3], w: [3, 2]) -> [] {
        sum(tanh(matmul(x, w)))
    }
    fn total(xs: [3, 4], w: [3, 2]) -> [] {
        sum(vmap(loss)(xs, w))
    }
}

fn main() {
    total::<f64>();
}
