use cotangent::prelude::*;

graph! {
    fn heads<T: Dim, D: Dim>(x: [T, D]) -> [T, 12, D / 12] {
        split_axis(x, 1)
    }
}

fn main() {
    heads::<f32, N<8>, N<100>>();
}
