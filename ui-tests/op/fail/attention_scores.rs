use cotangent::prelude::*;

graph! {
    fn attend(q: [3, 4, 2, 8], k: [3, 6, 2, 8], v: [3, 6, 2, 8], bias: [3, 4, 6]) -> [3, 4, 2, 8] {
        masked_attention(q, k, v, (Causal, bias))
    }
}

fn main() {}
