use cotangent::prelude::*;

graph! {
    fn narrow<D: Dim>(x: [100 / 12], y: [3 - 4], z: [1_000_000 * 1_000], w: [D / 0]) -> [D % 2] {
        x
    }
}

fn main() {
    narrow::<f32, N<2>>();
}
