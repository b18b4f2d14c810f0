use cotangent::prelude::*;

graph! {
    fn centred(x: [2, 5, 4], y: [2, 3, 4]) -> [2, 5, 4] {
        x - mean_axis(y, keep(1))
    }
}

fn main() {}
