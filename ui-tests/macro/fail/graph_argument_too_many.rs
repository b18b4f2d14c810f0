use cotangent::prelude::*;

graph! {
    fn layer(x: [32, 64]) -> [32, 64] {
        relu(x)
    }

    fn network(x: [32, 64]) -> [32, 64] {
        layer(x, x)
    }
}

fn main() {
    network::<f32>();
}
