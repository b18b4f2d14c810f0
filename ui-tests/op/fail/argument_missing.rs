use cotangent::prelude::*;

graph! {
    fn hidden(x: [32, 784], w: [784, 128]) -> [32, 128] {
        matmul(x)
    }
}

fn main() {
    hidden::<f32>();
}
