use cotangent::prelude::*;

graph! {
    fn total(x: [2, 3, 4]) -> [3] {
        sum_axes(x, (2, 0))
    }
}

fn main() {
    total::<f32>();
}
