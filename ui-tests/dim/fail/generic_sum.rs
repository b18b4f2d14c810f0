use cotangent::prelude::*;

graph! {
    fn joined<B: Dim, N: Dim, M: Dim>(x: [B, N], y: [B, M]) -> [B, N] {
        concat(x, y, 1)
    }
}

fn main() {
    joined::<f32, N<2>, N<3>, N<4>>();
}
