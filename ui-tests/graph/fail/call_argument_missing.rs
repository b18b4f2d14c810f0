use cotangent::prelude::*;

graph! {
    fn layer(x: [32, 64], w: [64, 64]) -> [32, 64] {
        relu(matmul(x, w))
    }

    fn network(x: [32, 64]) -> [32, 64] {
        layer(x)
    }
}

fn main() {
    network::<f32>();
}
