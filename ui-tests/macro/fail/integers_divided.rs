use cotangent::prelude::*;

graph! {
    fn half(x: [2]) -> [2] {
        x * { 1 / 2 }
    }
}

fn main() {
    half::<f32>();
}
