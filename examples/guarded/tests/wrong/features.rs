use cotangent::prelude::*;
use guarded::{Linear, dense};

graph! {
    fn model(x: [32, 784], p: Linear<768, 10>) -> [32, 10] {
        dense::<A, N<32>, N<784>, N<10>>()(x, p) //~ expected `784`, found `768`
    }
}

fn main() {}
