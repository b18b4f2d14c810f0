use cotangent::prelude::*;

graph! {
    fn norm(x: [8, 32], gain: [32], shift: [32]) -> [8, 32] {
        instance_norm(x, gain, shift, { 1e-5 })
    }
}

fn main() {
    norm::<f32>();
}
