use cotangent::prelude::*;

graph! {
    fn layer(x: [2, 3], w: [3, 4]) -> [2, 4] {
        relu(x @ w)
    }
}

fn main() {
    layer::<f32>();
}
