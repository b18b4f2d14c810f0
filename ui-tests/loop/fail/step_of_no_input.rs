use cotangent::prelude::*;

graph! {
    fn step(state: [2]) -> ([2], []) {
        (tanh(state), sum(state))
    }

    fn run(start: [2]) -> [2] {
        let (last, _) = scan(step)(start);
        last
    }
}

fn main() {
    run::<f32>();
}
