use cotangent::prelude::*;

graph! {
    fn hidden(x: [784], w: [784, 128]) -> [1, 128] {
        matmul(x, w)
    }
}

fn main() {
    hidden::<f32>();
}
