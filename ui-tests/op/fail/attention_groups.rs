use cotangent::prelude::*;

graph! {
    fn attend(q: [4, 8, 16], k: [4, 2, 16], v: [4, 2, 16]) -> [4, 8, 16] {
        causal_attention(q, k, v)
    }
}

fn main() {}
