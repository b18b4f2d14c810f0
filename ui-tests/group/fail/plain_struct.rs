use cotangent::prelude::*;

struct Weights {
    _scale: f32,
}

graph! {
    fn doubled(x: [3], p: Weights) -> [3] {
        x + x
    }
}

fn main() {
    doubled::<f32>();
}
