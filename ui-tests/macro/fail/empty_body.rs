use cotangent::prelude::*;

graph! {
    fn nothing(x: [3]) -> [3] {
    }
}

fn main() {
    nothing::<f32>();
}
