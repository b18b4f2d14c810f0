use cotangent::prelude::*;

graph! {
    fn flat(x: [2, 3, 4]) -> [2, 12] {
        merge_axes(x, 2)
    }
}

fn main() {
    flat::<f32>();
}
