use cotangent::prelude::*;

graph! {
    fn logits(x: [32, 64], w: [64, 10], b: [12], c: [32]) -> [] {
        let y = matmul(x, w);
        let first = sum(y + b);
        let second = sum(y * c);
        first + second
    }
}

fn main() {
    logits::<f32>();
}
