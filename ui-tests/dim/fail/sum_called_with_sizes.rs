use cotangent::prelude::*;

graph! {
    fn joined<B: Dim, N: Dim, M: Dim>(x: [B, N], y: [B, M]) -> [B, N + M] {
        concat(x, y, 1)
    }

    fn network(x: [2, 3], y: [2, 4]) -> [2, 8] {
        joined(x, y)
    }
}

fn main() {
    network::<f32>();
}
