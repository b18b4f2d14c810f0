use cotangent::prelude::*;

graph! {
    fn probabilities(x: [10]) -> [10] {
        softmax(x, { Axis::<1> })
    }
}

fn main() {
    probabilities::<f32>();
}
