use cotangent::prelude::*;

graph! {
    fn mean(x: [2, 3]) -> [] {
        mean(x)
    }
}

fn main() {
    mean::<f32>();
}
