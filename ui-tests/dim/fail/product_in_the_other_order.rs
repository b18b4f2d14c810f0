use cotangent::prelude::*;

graph! {
    fn joined<T: Dim, H: Dim, K: Dim>(x: [T, H, K]) -> [T, K * H] {
        merge_axes(x, 1)
    }
}

fn main() {
    joined::<f32, N<2>, N<3>, N<4>>();
}
