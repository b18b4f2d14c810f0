use cotangent::prelude::*;

graph! {
    fn weighted(x: [32, 10], weight: [32, 1]) -> [32, 10] {
        x * weight
    }
}

fn main() {
    weighted::<f32>();
}
