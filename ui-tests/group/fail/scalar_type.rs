use cotangent::prelude::*;

graph! {
    fn scaled(x: [3], p: f32) -> [3] {
        x * p
    }
}

fn main() {
    scaled::<f32>();
}
