use cotangent::prelude::*;

graph! {
    fn shifted(x: [2]) -> [2] {
        x + constant("2.0")
    }
}

fn main() {
    shifted::<f32>();
}
