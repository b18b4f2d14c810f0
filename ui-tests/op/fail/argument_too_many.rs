use cotangent::prelude::*;

graph! {
    fn hidden(x: [32, 784], w: [784, 128]) -> [32, 784] {
        relu(x, w)
    }
}

fn main() {
    hidden::<f32>();
}
