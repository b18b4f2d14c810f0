use cotangent::prelude::*;

graph! {
    fn first(x: [3, 4]) -> [1, 4] {
        relu(x[0])
    }
}

fn main() {
    first::<f32>();
}
