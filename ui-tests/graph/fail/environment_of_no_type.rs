use cotangent::prelude::*;

struct Batch;

graph! {
    fn loss(w: [64, 10]; x: Batch) -> [] {
        sum(w)
    }
}

fn main() {
    loss::<f32>();
}
