use cotangent::prelude::*;

graph! {
    fn clip(x: [3], y: [3]) -> [3] {
        x * (x < y)
    }
}

fn main() {
    clip::<f32>();
}
