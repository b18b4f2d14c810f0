use cotangent::prelude::*;

graph! {
    fn step(x: [32, 100], h: [32, 64], w: [100, 256], u: [64, 256], b: [256], c: [256]) -> [32, 64] {
        gru_cell(x, h, w, u, b, c)
    }
}

fn main() {}
