use cotangent::prelude::*;

graph! {
    fn norm(x: [8, 32, 7, 7], gain: [7], shift: [7]) -> [8, 32, 7, 7] {
        group_norm(x, 4, gain, shift, { 1e-5 })
    }
}

fn main() {
    norm::<f32>();
}
