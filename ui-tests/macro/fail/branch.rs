use cotangent::prelude::*;

graph! {
    fn choose(x: [3], y: [3]) -> [3] {
        let z = if x { x } else { y };
        relu(z)
    }
}

fn main() {
    choose::<f32>();
}
