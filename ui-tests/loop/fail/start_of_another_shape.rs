use cotangent::prelude::*;

graph! {
    fn step(state: [2], input: [2], rate: []) -> ([2], []) {
        let next = tanh(state + rate * input);
        (next, sum(next))
    }

    fn run(start: [3], inputs: [50, 2], rate: []) -> [50] {
        let (_, sums) = scan(step)(start, inputs, rate);
        sums
    }
}

fn main() {
    run::<f32>();
}
