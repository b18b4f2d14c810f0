use cotangent::prelude::*;

graph! {
    fn gated(x: [8, 5]) -> [8, 2] {
        glu(x, 1)
    }
}

fn main() {
    gated::<f32>();
}
