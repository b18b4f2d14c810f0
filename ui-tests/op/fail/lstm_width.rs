use cotangent::prelude::*;

graph! {
    fn step(x: [32, 100], state: [2, 32, 64], w: [100, 256], u: [64, 192], b: [256]) -> [2, 32, 64] {
        lstm_cell(x, state, w, u, b)
    }
}

fn main() {
    step::<f32>();
}
