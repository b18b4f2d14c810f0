use cotangent::prelude::*;

graph! {
    fn chosen(x: [32], y: [30], a: [32]) -> [32] {
        select(less(x, y), x, a)
    }
}

fn main() {
    chosen::<f32>();
}
