use cotangent::prelude::*;

graph! {
    fn norm(x: [32, 768], gain: [512]) -> [32, 768] {
        rms_norm(x, gain, { 1e-5 })
    }
}

fn main() {
    norm::<f32>();
}
