use cotangent::prelude::*;

mod layers {
    use cotangent::prelude::*;

    graph! {
        pub struct Layer { pub scale: [64], pub shift: [64] }
        pub struct Model<const L: usize> { pub layers: [Layer; L] }
    }
}
use layers::Model;

graph! {
    fn first(x: [64], p: Model<12>) -> [64] {
        x * p.layers[0].scale
    }
}

fn main() {
    first::<f32>();
}
