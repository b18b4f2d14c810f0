use cotangent::prelude::*;

graph! {
    fn attend(q: [4, 8], k: [6, 8], v: [6, 8]) -> [4, 8] {
        causal_attention(q, k, v, { Heads::<2> })
    }
}

fn main() {}
