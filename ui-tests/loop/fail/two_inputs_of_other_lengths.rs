use cotangent::prelude::*;

graph! {
    fn step(state: [2], input: Pair) -> ([2], []) {
        let next = tanh(state + input.left * input.right);
        (next, sum(next))
    }

    struct Pair { left: [2], right: [2] }

    fn run(start: [2], left: [50, 2], right: [40, 2]) -> [50] {
        let (_, sums) = scan(step)(start, (left, right));
        sums
    }
}

fn main() {
    run::<f32>();
}
