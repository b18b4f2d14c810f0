use cotangent::prelude::*;

graph! {
    fn hidden(x: [32, 784], w: [784, WIDTH]) -> [32, 1024] {
        matmul(x, w)
    }
}

fn main() {
    hidden::<f32>();
}
