use cotangent::prelude::*;

graph! {
    fn part(x: [2, 4]) -> [2, 3] {
        slice(x, 1, 2, 3)
    }
}

fn main() {
    part::<f32>();
}
