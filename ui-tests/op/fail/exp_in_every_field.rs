use cotangent::prelude::*;

graph! {
    fn grow(x: [3]) -> [3] where A: Field {
        exp(x)
    }
}

fn main() {
    grow::<f32>();
}
