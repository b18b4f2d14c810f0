use cotangent::prelude::*;

graph! {
    fn both(x: [32, 10]) -> [32, 10] {
        relu(x)
    }
}

fn main() {
    both::<f32>().gradient();
}
