use cotangent::prelude::*;

graph! {
    fn turn(x: [4, 2, 5]) -> [4, 2, 5] {
        rotary(x, 10000, 0)
    }
}

fn main() {}
