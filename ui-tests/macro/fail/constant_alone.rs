use cotangent::prelude::*;

const START: f32 = 0.5;

graph! {
    fn start() -> [] {
        START
    }
}

fn main() {
    start::<f32>();
}
