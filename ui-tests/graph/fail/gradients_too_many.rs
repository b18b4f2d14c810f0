use cotangent::prelude::*;

graph! {
    fn energy(x: [2], y: [2]) -> [] {
        sum(x * x * y)
    }

    fn step(x: [2], y: [2]) -> [2] {
        let [dx, dy, dz] = { energy().gradient() }(x, y);
        x - dx + dy + dz
    }
}

fn main() {
    step::<f32>();
}
