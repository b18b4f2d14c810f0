use cotangent::prelude::*;

graph! {
    fn both(x: [3], y: [3]) -> [3] {
        relu(x && !y)
    }
}

fn main() {
    both::<f32>();
}
