use cotangent::prelude::*;

graph! {
    fn difference(x: [3], y: [3]) -> [3]
    where
        A: Semiring,
    {
        x - y
    }
}

fn main() {
    difference::<f32>();
}
