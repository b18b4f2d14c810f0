use cotangent::prelude::*;

graph! {
    fn logits(x: [32, 64], w1: [48, 64], b1: [48], w2: [48, 10], b2: [12]) -> [32, 10] {
        let h = relu(matmul(x, w1) + b1);
        let y: [32, 10] = matmul(x, w2);
        relu(y) + b2
    }
}

fn main() {
    logits::<f32>();
}
