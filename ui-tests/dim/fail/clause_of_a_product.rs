use cotangent::prelude::*;

graph! {
    fn feed_forward<B: Dim, D: Dim>(x: [B, D], up: [D, 4 * D], down: [4 * D, D]) -> [B, D] where 4 * D: Dim {
        matmul(relu(matmul(x, up)), down)
    }
}

fn main() {
    feed_forward::<f32, N<2>, N<3>>();
}
