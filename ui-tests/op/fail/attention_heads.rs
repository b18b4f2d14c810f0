use cotangent::prelude::*;

graph! {
    fn attend(x: [4, 8]) -> [4, 8] {
        causal_attention(x, x, x)
    }
}

fn main() {
    attend::<f32>();
}
