use cotangent::prelude::*;

graph! {
    fn average(x: [32]) -> [] {
        mean_axis(x, 1)
    }
}

fn main() {}
