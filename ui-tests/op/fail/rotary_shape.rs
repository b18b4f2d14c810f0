use cotangent::prelude::*;

graph! {
    fn turn(x: [4, 16]) -> [4, 16] {
        rotary(x, 10000, 0)
    }
}

fn main() {}
