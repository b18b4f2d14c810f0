use cotangent::prelude::*;

graph! {
    fn best(x: [32]; labels: [32, 10] < 5) -> [32] < 10 {
        argmax(labels, 1)
    }
}

fn main() {
    best::<f32>();
}
