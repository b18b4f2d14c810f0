use cotangent::prelude::*;

graph! {
    fn scaled(x: [2]) -> [2] {
        let rate = 2.0 / 3.0;
        x * rate
    }
}

fn main() {
    scaled::<f32>();
}
