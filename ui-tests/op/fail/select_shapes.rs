use cotangent::prelude::*;

graph! {
    fn chosen(c: [32], a: [32, 1], b: [32]) -> [32] {
        select(greater(c, 0.0), a, b)
    }
}

fn main() {
    chosen::<f32>();
}
