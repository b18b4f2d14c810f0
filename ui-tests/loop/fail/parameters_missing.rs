use cotangent::prelude::*;

graph! {
    fn step(state: [2], input: [2], rate: []) -> ([2], []) {
        let next = tanh(state + rate * input);
        (next, sum(next))
    }

    fn run(start: [2], inputs: [50, 2]) -> [50] {
        let (_, sums) = scan(step)(start, inputs);
        sums
    }
}

fn main() {
    run::<f32>();
}
