use cotangent::prelude::*;

graph! {
    fn twice(x: [3]) -> [3] {
        let mut y = relu(x);
        relu(y)
    }
}

fn main() {
    twice::<f32>();
}
