use cotangent::prelude::*;

graph! {
    fn scores(q: [8, 16, 4], k: [6, 4, 16]) -> [8, 16, 16] {
        matmul(q, k)
    }
}

fn main() {
    scores::<f32>();
}
