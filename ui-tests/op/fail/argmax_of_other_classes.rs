use cotangent::prelude::*;

graph! {
    fn best(x: [32, 10]) -> [10] < 32 {
        argmax(x, 1)
    }
}

fn main() {
    best::<f32>();
}
