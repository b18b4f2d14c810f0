use cotangent::prelude::*;

const NUMBERS: usize = 1 << 30;

graph! {
    fn total(x: [NUMBERS]) -> [] {
        sum(x)
    }
}

fn main() {
    total::<f32>();
}
