use cotangent::prelude::*;

graph! {
    fn shifted(x: [4, 8, 8, 8], b: [8]) -> [4, 8, 8, 8] {
        x + b
    }
}

fn main() {}
