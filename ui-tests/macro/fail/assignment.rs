use cotangent::prelude::*;

graph! {
    fn twice(x: [3]) -> [3] {
        x = relu(x);
        x += tanh(x);
        relu(x)
    }
}

fn main() {
    twice::<f32>();
}
