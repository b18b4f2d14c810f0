use cotangent::prelude::*;

graph! {
    fn noisy(x: [32]; key) -> ([32], []) {
        (dropout(x, key, 0.5), next_key(key))
    }
}

fn main() {
    noisy::<f32>();
}
