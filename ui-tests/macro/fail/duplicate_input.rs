use cotangent::prelude::*;

graph! {
    fn sum_of(x: [3], w: [3], x: [3]) -> [3] {
        x + w
    }
}

fn main() {
    sum_of::<f32>();
}
