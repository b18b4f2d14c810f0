use cotangent::prelude::*;

graph! {
    fn head<B: Dim, H: Dim, K: Dim>(x: [B, H, K], w: [H * K, 10]) -> [B, 10] {
        matmul(merge_axes(x, 1), w)
    }

    fn network<H: Dim, K: Dim, D: Dim>(x: [8, H, K], w: [D, 10]) -> [8, 10] {
        head(x, w)
    }
}

fn main() {
    network::<f32, N<2>, N<3>, N<6>>();
}
