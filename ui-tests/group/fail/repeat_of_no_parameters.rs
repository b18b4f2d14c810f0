use cotangent::prelude::*;

graph! {
    fn double(x: [32, 64]) -> [32, 64] {
        x + x
    }

    fn network(x: [32, 64]) -> [32, 64] {
        repeat(double)(x)
    }
}

fn main() {
    network::<f32>();
}
