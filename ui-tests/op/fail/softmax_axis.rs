use cotangent::prelude::*;

graph! {
    fn probabilities(x: [10]) -> [10] {
        softmax(x, 1)
    }
}

fn main() {
    probabilities::<f32>();
}
