use cotangent::prelude::*;

graph! {
    fn both(x: [2, 3], y: [2, 4]) -> [2, 7] {
        concat(x, y, 1)
    }
}

fn main() {}
