use cotangent::prelude::*;

graph! {
    fn average(x: [32]) -> [] {
        mean_axis(x, { Axis::<1> })
    }
}

fn main() {}
