use cotangent::prelude::*;

graph! {
    fn attend(q: [4, 2, 8], k: [6, 2, 8], v: [6, 2, 8]; mask: [6, 4] < 2) -> [4, 2, 8] {
        masked_attention(q, k, v, mask)
    }
}

fn main() {}
