use cotangent::prelude::*;

graph! {
    fn both(a: [2, 3], b: [4, 3]) -> [2, 6] {
        concat(a, b, 1)
    }
}

fn main() {
    both::<f32>();
}
