use cotangent::prelude::*;

graph! {
    fn step(state: [2], input: [1, 1, 1, 1, 1, 2]) -> ([2], []) {
        (state, sum(input))
    }

    fn run(start: [2], inputs: [50, 2]) -> [2] {
        let (last, _) = scan(step)(start, inputs);
        last
    }
}

fn main() {
    run::<f32>();
}
