use cotangent::prelude::*;

struct Model {
    rate: f32,
}

graph! {
    fn step(x: [3]) -> [3] {
        scale(x, model.rate)
    }
}

fn main() {
    let model = Model { rate: 0.5 };
    step::<f32>();
    assert_eq!(model.rate, 0.5);
}
