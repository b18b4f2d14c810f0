use cotangent::prelude::*;

graph! {
    fn energy(x: [2], y: [2]) -> [] {
        sum(x * x * y)
    }

    fn step(x: [2], y: [2]) -> [2] {
        let dx = { energy().gradient() }(x, y);
        x - dx
    }
}

fn main() {
    step::<f32>();
}
