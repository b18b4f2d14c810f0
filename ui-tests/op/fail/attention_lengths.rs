use cotangent::prelude::*;

graph! {
    fn attend(q: [4, 2, 4], k: [6, 2, 4], v: [5, 2, 4]) -> [4, 2, 4] {
        attention(q, k, v)
    }
}

fn main() {}
