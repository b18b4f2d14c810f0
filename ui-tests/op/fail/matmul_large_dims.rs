use cotangent::prelude::*;

graph! {
    fn logits(h: [8, 768], embedding: [50257, 768]) -> [8, 50257] {
        matmul(h, embedding)
    }
}

fn main() {
    logits::<f32>();
}
