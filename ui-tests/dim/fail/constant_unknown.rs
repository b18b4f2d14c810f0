use cotangent::prelude::*;

const HIDDEN: usize = 1024;

graph! {
    fn hidden(x: [32, 784], w: [784, HIDEN]) -> [32, 1024] {
        matmul(x, w)
    }
}

fn main() {
    hidden::<f32>();
}
