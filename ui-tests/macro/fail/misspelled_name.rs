use cotangent::prelude::*;

graph! {
    fn hidden(x: [32, 784], weights: [784, 128]) -> [32, 128] {
        let h = matmul(x, wieghts);
        relu(h)
    }
}

fn main() {
    hidden::<f32>();
}
