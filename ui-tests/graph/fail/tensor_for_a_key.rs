use cotangent::prelude::*;

graph! {
    fn noisy(x: [32, 64], rate: []) -> [32, 64] {
        dropout(x, rate, 0.5)
    }
}

fn main() {
    noisy::<f32>();
}
