use cotangent::prelude::*;

graph! {
    fn wrap(x: [3], y: [3]) -> [3] {
        x % y
    }
}

fn main() {
    wrap::<f32>();
}
