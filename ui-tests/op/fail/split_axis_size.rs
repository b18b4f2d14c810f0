use cotangent::prelude::*;

graph! {
    fn heads(x: [8, 100]) -> [8, 12, 8] {
        split_axis(x, 1)
    }
}

fn main() {
    heads::<f32>();
}
