use cotangent::prelude::*;

graph! {
    fn hidden(x: [32, 784]) -> [32, 784] {
        let h = swish(x);
        relu(h)
    }
}

fn main() {
    hidden::<f32>();
}
