use cotangent::prelude::*;

graph! {
    fn square(x: [3]) -> [3] {
        x ^ 2
    }
}

fn main() {
    square::<f32>();
}
