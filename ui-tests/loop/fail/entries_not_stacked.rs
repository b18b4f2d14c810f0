use cotangent::prelude::*;

graph! {
    fn layer(x: [10], w: [10, 4]) -> [4] { matmul(x, w) }

    fn total(x: [10], w: [10, 4]) -> [] {
        sum(vmap(layer)(x, w))
    }
}

fn main() {
    total::<f32>();
}
