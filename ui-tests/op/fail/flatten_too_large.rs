use cotangent::prelude::*;

graph! {
    fn flat(x: [1000, 1000, 1000]) -> [100000] {
        flatten(x)
    }
}

fn main() {
    flat::<f32>();
}
