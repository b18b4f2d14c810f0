use cotangent::prelude::*;

graph! {
    fn both(x: [32, 64]) -> ([32, 64], [32]) {
        (relu(x), mean(x))
    }
}

fn main() {
    both::<f32>();
}
