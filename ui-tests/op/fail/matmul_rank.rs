use cotangent::prelude::*;

graph! {
    fn hidden(x: [784], w: [784, 128]) -> [128] {
        matmul(w, x)
    }
}

fn main() {
    hidden::<f32>();
}
