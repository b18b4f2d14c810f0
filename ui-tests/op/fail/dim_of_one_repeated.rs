use cotangent::prelude::*;

graph! {
    fn shifted(x: [2, 5, 4], by: [2, 1, 4]) -> [2, 5, 4] {
        x - by
    }
}

fn main() {}
