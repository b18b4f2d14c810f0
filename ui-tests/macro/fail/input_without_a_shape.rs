use cotangent::prelude::*;

graph! {
    fn square(x) -> [3] {
        x * x
    }
}

fn main() {
    square::<f32>();
}
