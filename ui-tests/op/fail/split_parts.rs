use cotangent::prelude::*;

graph! {
    fn projections<T: Dim, D: Dim>(x: [T, 4 * D]) -> ([T, D], [T, D], [T, D]) {
        let (q, k, v) = split(x, 1, 3, { D });
        (q, k, v)
    }
}

fn main() {
    projections::<f32, N<2>, N<3>>();
}
