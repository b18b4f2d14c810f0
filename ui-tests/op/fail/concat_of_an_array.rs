use cotangent::prelude::*;

graph! {
    fn both(x: [2, 3], y: [2, 3]) -> [2, 6] {
        concat([x, y], 1)
    }
}

fn main() {}
