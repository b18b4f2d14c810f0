use cotangent::prelude::*;

graph! {
    fn attend(x: [4, 8]) -> [4, 8] {
        causal_attention(x, x, x, { Heads::<3> })
    }
}

fn main() {
    attend::<f32>();
}
