use cotangent::prelude::*;

graph! {
    fn heads<T: Dim, D: Dim>(x: [T, D]) -> [T, 12, D / 12] {
        split_axis(x, 1)
    }

    fn network(x: [8, 100]) -> [8, 12, 8] {
        heads(x)
    }
}

fn main() {
    network::<f32>();
}
