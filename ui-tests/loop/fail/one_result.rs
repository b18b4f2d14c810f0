use cotangent::prelude::*;

graph! {
    fn step(state: [2], input: [2]) -> [2] {
        tanh(state + input)
    }

    fn run(start: [2], inputs: [50, 2]) -> [2] {
        let (last, _) = scan(step)(start, inputs);
        last
    }
}

fn main() {
    run::<f32>();
}
