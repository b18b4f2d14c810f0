use cotangent::prelude::*;

graph! {
    fn hidden(x: [3]) -> [3]
    where
        A: Field,
    {
        relu(x)
    }
}

fn main() {
    hidden::<f32>();
}
