use cotangent::prelude::*;

graph! {
    fn total(x: [2, 3]) -> [2] {
        sum_axis(x, -1)
    }
}

fn main() {
    total::<f32>();
}
