use cotangent::prelude::*;

graph! {
    fn step(key: key, input: [2]) -> (key, [2]) {
        (next_key(key), dropout(input, key, 0.5))
    }
}

fn main() {
    step::<f32>();
}
