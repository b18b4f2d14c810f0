use cotangent::prelude::*;

graph! {
    fn heads<T: Dim, D: Dim, const H: usize>(x: [T, D]) -> [T, H, D] {
        split_axis(x, 1)
    }
}

fn main() {
    heads::<f32, N<2>, N<3>, 1>();
}
