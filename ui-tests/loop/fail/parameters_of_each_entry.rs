use cotangent::prelude::*;

graph! {
    fn layer(x: [10], w: [10, 4]) -> [4] { matmul(x, w) }

    fn batch(x: [32, 10], w: [32, 10, 4]) -> [32, 4] {
        vmap(layer)(x, w)
    }
}

fn main() {
    batch::<f32>();
}
