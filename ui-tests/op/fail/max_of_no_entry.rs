use cotangent::prelude::*;

graph! {
    fn peaks(x: [32, 0]) -> [32] {
        max_axis(x, 1)
    }
}

fn main() {
    peaks::<f32>();
}
