use cotangent::prelude::*;

graph! {
    fn layer(x: [32, 64], w: [64, 64]) -> [32, 64] {
        relu(matmul(x, w))
    }

    fn network(x: [32, 48], w: [64, 64]) -> [32, 64] {
        let h = layer(x, w);
        tanh(h)
    }
}

fn main() {
    network::<f32>();
}
