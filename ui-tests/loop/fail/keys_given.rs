use cotangent::prelude::*;

graph! {
    fn step(state: [2], input: [2]; key) -> ([2], key) {
        (dropout(state + input, key, 0.5), key)
    }

    fn run(start: [2], inputs: [50, 2]; key) -> [2] {
        let (last, _) = scan(step)(start, inputs, key);
        last
    }
}

fn main() {
    run::<f32>();
}
