use cotangent::prelude::*;

graph! {
    fn hidden(x: [32, 784], w: [784, 128]) -> [32, 128] {
        let h = matmul(x, weights);
        relu(h)
    }
}

fn main() {
    hidden::<f32>();
}
