use cotangent::prelude::*;

graph! {
    fn hidden(x: [32, 64], w: [64, 10]) -> [32, 10] {
        matmul(x, w)?
    }
}

fn main() {
    hidden::<f32>();
}
