use cotangent::prelude::*;

graph! {
    struct Layer { scale: [64], shift: [64] }

    fn layer(x: [64], p: Layer) -> ([64], []) {
        (x * p.scale + p.shift, sum(x))
    }

    fn network<const L: usize>(x: [64], p: [Layer; L]) -> [64] {
        repeat(layer)(x, p)
    }
}

fn main() {
    network::<f32, 3>();
}
