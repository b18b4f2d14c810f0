use cotangent::prelude::*;

graph! {
    fn upper(x: [4]) -> [4] {
        triu(x, 0)
    }
}

fn main() {
    upper::<f32>();
}
