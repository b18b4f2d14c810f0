use cotangent::prelude::*;

mod layers {
    use cotangent::prelude::*;

    graph! {
        pub struct FeedForward<D: Dim> { up: [D, 4 * D], down: [4 * D, D] }
    }
}
use layers::FeedForward;

graph! {
    fn feed_forward<D: Dim>(x: [32, D], p: FeedForward<D>) -> [32, D] {
        matmul(relu(matmul(x, p.up)), p.down)
    }
}

fn main() {
    feed_forward::<f32, N<16>>();
}
