use cotangent::prelude::*;

graph! {
    fn step(state: [2], input: [2]; target: [2]) -> ([2], []) {
        let next = tanh(state + input);
        (next, mse(next, target))
    }

    fn run(start: [2], inputs: [50, 2]; target: [2]) -> [50] {
        let (_, losses) = scan_each(step)(start, inputs, target);
        losses
    }
}

fn main() {
    run::<f32>();
}
