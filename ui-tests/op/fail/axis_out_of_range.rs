use cotangent::prelude::*;

graph! {
    fn total(x: [32, 10]) -> [32] {
        sum_axis(x, 2)
    }
}

fn main() {
    total::<f32>();
}
