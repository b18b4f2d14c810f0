use cotangent::prelude::*;

graph! {
    fn hidden(x: [32, 64], w: [64, 10]) -> [32, 10] {
        relu(matmul(x, w), w)
    }
}

fn main() {
    hidden::<f32>();
}
