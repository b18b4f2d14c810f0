use cotangent::prelude::*;

graph! {
    fn rows(table: [10, 4]; i: [32] < 12) -> [32, 4] {
        gather(table, i)
    }
}

fn main() {
    rows::<f32>();
}
