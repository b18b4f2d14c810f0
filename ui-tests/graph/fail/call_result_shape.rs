use cotangent::prelude::*;

graph! {
    fn layer(x: [32, 64], w: [64, 48]) -> [32, 48] {
        relu(matmul(x, w))
    }

    fn network(x: [32, 64], w: [64, 48]) -> [32, 48] {
        let h = layer(x, w);
        layer(h, w)
    }
}

fn main() {
    network::<f32>();
}
