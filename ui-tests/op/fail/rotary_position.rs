use cotangent::prelude::*;

graph! {
    fn turn(x: [4, 2, 8]; start: [4] < 1000) -> [4, 2, 8] {
        rotary_interleaved(x, 10000, start)
    }
}

fn main() {}
