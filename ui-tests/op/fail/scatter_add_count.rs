use cotangent::prelude::*;

graph! {
    fn table(x: [16, 4]; i: [32] < 10) -> [10, 4] {
        scatter_add(x, i)
    }
}

fn main() {
    table::<f32>();
}
