use cotangent::prelude::*;

graph! {
    fn norm(x: [32, 768], gamma: [512], beta: [768]) -> [32, 768] {
        layer_norm(x, gamma, beta, { 1e-5 })
    }
}

fn main() {
    norm::<f32>();
}
