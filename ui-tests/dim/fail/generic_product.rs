use cotangent::prelude::*;

graph! {
    fn head<const B: usize, H: Dim, K: Dim>(x: [B, H, K], w: [K, 10]) -> [B, 10] {
        matmul(merge_axes(x, 1), w)
    }
}

fn main() {
    head::<f32, 2, N<3>, N<4>>();
}
