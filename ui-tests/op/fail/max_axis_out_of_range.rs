use cotangent::prelude::*;

graph! {
    fn peaks(x: [32, 10]) -> [32] {
        max_axis(x, 2)
    }
}

fn main() {
    peaks::<f32>();
}
