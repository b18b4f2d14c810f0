use cotangent::prelude::*;

mod layers {
    use cotangent::prelude::*;

    graph! {
        pub struct FeedForward<D: Dim> { up: [D, 4 * D], down: [4 * D, D] }
    }
}
use layers::FeedForward;

graph! {
    struct Block<D: Dim> { gain: [D], feed_forward: FeedForward<D> }

    fn block<D: Dim>(x: [32, D], p: Block<D>) -> [32, D] where 4 * D: Dim {
        x * p.gain
    }
}

fn main() {
    block::<f32, N<16>>();
}
