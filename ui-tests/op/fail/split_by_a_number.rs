use cotangent::prelude::*;

graph! {
    fn halves<D: Dim>(x: [8, 2 * D]) -> [8, D] {
        let (a, b) = split(x, 1, 2);
        a + b
    }
}

fn main() {}
