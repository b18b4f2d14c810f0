use cotangent::prelude::*;

graph! {
    fn wide<D: Dim>(x: [D, D], w: [D, 4 * D], v: [3 * D, D]) -> [D, D] {
        matmul(matmul(x, w), v)
    }
}

fn main() {
    wide::<f32, N<2>>();
}
