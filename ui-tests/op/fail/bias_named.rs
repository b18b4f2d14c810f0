use cotangent::prelude::*;

graph! {
    fn logits(x: [32, 64], w: [64, 10], b: [32]) -> [32, 10] {
        let y = matmul(x, w);
        let z = y + b;
        relu(z)
    }
}

fn main() {
    logits::<f32>();
}
