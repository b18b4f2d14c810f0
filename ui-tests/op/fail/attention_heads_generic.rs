use cotangent::prelude::*;

graph! {
    fn attend<D: Dim>(q: [4, D], k: [4, D], v: [4, D]) -> [4, D] {
        causal_attention(q, k, v)
    }
}

fn main() {}
