use cotangent::prelude::*;

graph! {
    fn deep(x: [3]) -> [3] {
        for _ in 0..3 {
            x = relu(x);
        }
        x
    }
}

fn main() {
    deep::<f32>();
}
