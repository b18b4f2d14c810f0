use cotangent::prelude::*;

graph! {
    fn norm(x: [8, 30, 7, 7], gain: [30], shift: [30]) -> [8, 30, 7, 7] {
        group_norm(x, 4, gain, shift, { 1e-5 })
    }
}

fn main() {
    norm::<f32>();
}
