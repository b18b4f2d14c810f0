use cotangent::prelude::*;

graph! {
    fn best(x: [32, 10]) -> [32] < 10 {
        argmax(x, 2)
    }
}

fn main() {
    best::<f32>();
}
