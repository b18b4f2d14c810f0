use cotangent::prelude::*;

graph! {
    fn twice(x: [3]) -> [3] {
        let y = relu(input);
        y + input
    }
}

fn main() {
    twice::<f32>();
}
