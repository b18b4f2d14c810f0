use cotangent::prelude::*;

graph! {
    fn scaled(x: [2], rate: [2]) -> [2] {
        x * { rate }
    }
}

fn main() {
    scaled::<f32>();
}
