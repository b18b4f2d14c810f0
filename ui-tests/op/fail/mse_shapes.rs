use cotangent::prelude::*;

graph! {
    fn loss(y: [32, 1], target: [32]) -> [] {
        mse(y, target)
    }
}

fn main() {
    loss::<f32>();
}
