use cotangent::prelude::*;

graph! {
    fn hidden<B: Dim, D: Dim>(x: [B, D], w: [B, D]) -> [B, D] {
        matmul(x, w)
    }
}

fn main() {
    hidden::<f32, N<32>, N<64>>();
}
