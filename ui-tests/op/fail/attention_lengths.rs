use cotangent::prelude::*;

graph! {
    fn attend(q: [4, 2, 4], k: [6, 2, 4], v: [6, 2, 4]) -> [4, 2, 4] {
        causal_attention(q, k, v)
    }
}

fn main() {}
