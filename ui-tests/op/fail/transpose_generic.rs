use cotangent::prelude::*;

graph! {
    fn product<M: Dim, K: Dim>(x: [M, K], w: [K, 3]) -> [M, 3] {
        matmul(transpose(x), w)
    }
}

fn main() {}
