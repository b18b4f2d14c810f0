use cotangent::prelude::*;

graph! {
    fn same(x: [3]) -> [3] {
        relu(x as f32)
    }
}

fn main() {
    same::<f32>();
}
