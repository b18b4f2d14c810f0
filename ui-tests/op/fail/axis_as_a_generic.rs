use cotangent::prelude::*;

graph! {
    fn joined(x: [2, 3], y: [2, 4]) -> [2, 7] {
        concat::<1>(x, y)
    }
}

fn main() {
    joined::<f32>();
}
