use cotangent::prelude::*;

graph! {
    fn merged<H: Dim, K: Dim>(x: [H, K]) -> [2 * K] {
        merge_axes(x, 0)
    }
}

fn main() {
    merged::<f32, N<2>, N<3>>();
}
