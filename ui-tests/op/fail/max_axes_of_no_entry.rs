use cotangent::prelude::*;

graph! {
    fn peaks(x: [32, 3, 0]) -> [32] {
        max_axes(x, (1, 2))
    }
}

fn main() {
    peaks::<f32>();
}
