use cotangent::prelude::*;

graph! {
    fn twice(x: [3]) {
        x + x
    }
}

fn main() {
    twice::<f32>();
}
