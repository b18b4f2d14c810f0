use cotangent::prelude::*;

graph! {
    fn chosen(x: [32, 10], a: [32], b: [32]) -> [32] {
        select(argmax(x, 1), a, b)
    }
}

fn main() {
    chosen::<f32>();
}
