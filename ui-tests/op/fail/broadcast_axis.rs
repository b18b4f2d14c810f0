use cotangent::prelude::*;

graph! {
    fn repeat(x: [32]) -> [32, 10] {
        broadcast_axis(x, 2, 10)
    }
}

fn main() {
    repeat::<f32>();
}
