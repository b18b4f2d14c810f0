use cotangent::prelude::*;

graph! {
    fn grow(x: [3]) -> [3]
    where
        A: Ring,
    {
        let y = x * x;
        exp(y)
    }
}

fn main() {
    grow::<f32>();
}
