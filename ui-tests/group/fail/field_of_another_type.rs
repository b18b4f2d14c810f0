use cotangent::prelude::*;

struct Table;

graph! {
    struct Embedding<V: Dim, D: Dim> { rows: Table, scale: [D], shift: [V, D] }

    fn embed(x: [32, 64], p: Embedding<10, 64>) -> [32, 64] {
        x * p.scale
    }
}

fn main() {
    embed::<f32>();
}
