use cotangent::prelude::*;

graph! {
    fn square(x: [1_000_000_000]) -> [1_000_000_000] {
        x * x
    }
}

fn main() {
    square::<f32>();
}
