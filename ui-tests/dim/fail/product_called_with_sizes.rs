use cotangent::prelude::*;

graph! {
    fn head<const B: usize, H: Dim, K: Dim>(x: [B, H, K], w: [H * K, 10]) -> [B, 10] {
        matmul(merge_axes(x, 1), w)
    }

    fn network(x: [2, 3, 4], w: [13, 10]) -> [2, 10] {
        head(x, w)
    }
}

fn main() {
    network::<f32>();
}
