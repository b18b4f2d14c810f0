use cotangent::prelude::*;

graph! {
    fn flat(x: [50000, 50000]) -> [] {
        sum(flatten(x))
    }
}

fn main() {
    flat::<f32>();
}
