use cotangent::prelude::*;

graph! {
    fn same(x: [32, 10]; labels: [32] < 10) -> [32] {
        labels
    }
}

fn main() {
    same::<f32>();
}
