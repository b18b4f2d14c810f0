use cotangent::prelude::*;

graph! {
    fn step(x: [32, 100], h: [32, 64], w: [100, 64], u: [64, 100], b: [64]) -> [32, 64] {
        rnn_cell(x, h, w, u, b)
    }
}

fn main() {}
