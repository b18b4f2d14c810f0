use cotangent::prelude::*;

graph! {
    fn vectors(table: [10, 4]; tokens: [32] < 12) -> [32, 4] {
        embedding(table, tokens)
    }
}

fn main() {
    vectors::<f32>();
}
