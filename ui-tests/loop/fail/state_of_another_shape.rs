use cotangent::prelude::*;

graph! {
    fn step(state: [2], input: [3]) -> ([3], []) {
        (input, sum(state))
    }

    fn run(start: [2], inputs: [50, 3]) -> [50] {
        let (_, sums) = scan(step)(start, inputs);
        sums
    }
}

fn main() {
    run::<f32>();
}
