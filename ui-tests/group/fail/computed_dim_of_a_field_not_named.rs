use cotangent::prelude::*;

mod layers {
    use cotangent::prelude::*;

    graph! {
        pub struct Narrow<D: Dim> { down: [D, D / 2], up: [D / 2, D] }
    }
}
use layers::Narrow;

graph! {
    struct Block<D: Dim> { gain: [D], narrow: Narrow<D> }

    fn block<D: Dim>(x: [32, D], p: Block<D>) -> [32, D] where D / 2: Dim {
        x * p.gain
    }
}

fn main() {
    block::<f32, N<16>>();
}
