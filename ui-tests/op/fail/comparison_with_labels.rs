use cotangent::prelude::*;

graph! {
    fn chosen(x: [32], a: [32]; labels: [32] < 10) -> [32] {
        select(less(x, labels), x, a)
    }
}

fn main() {
    chosen::<f32>();
}
