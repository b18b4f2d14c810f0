use cotangent::prelude::*;

graph! {
    fn chosen(c: [32], a: [32], b: [32]) -> [32] {
        select(c, a, b)
    }
}

fn main() {
    chosen::<f32>();
}
