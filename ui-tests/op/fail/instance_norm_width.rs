use cotangent::prelude::*;

graph! {
    fn norm(x: [8, 32, 7, 7], gain: [32], shift: [16]) -> [8, 32, 7, 7] {
        instance_norm(x, gain, shift, { 1e-5 })
    }
}

fn main() {
    norm::<f32>();
}
