use cotangent::prelude::*;

graph! {
    fn both(x: [32, 10]; labels: [32] < 10) -> ([32, 10], [32] < 10) {
        (x, labels)
    }
}

fn main() {
    both::<f32>().tangent();
}
