use cotangent::prelude::*;

graph! {
    fn probabilities(x: [2, 3]) -> [2, 3] {
        softmax(x, axis = 1)
    }
}

fn main() {
    probabilities::<f32>();
}
