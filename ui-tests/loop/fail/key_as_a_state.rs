use cotangent::prelude::*;

graph! {
    fn step(key: key, input: [2]) -> (key, [2]) {
        (next_key(key), dropout(input, key, 0.5))
    }

    fn run(inputs: [50, 2]; key) -> [50, 2] {
        let (_, kept) = scan(step)(key, inputs);
        kept
    }
}

fn main() {
    run::<f32>();
}
