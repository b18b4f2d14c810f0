use cotangent::prelude::*;

graph! {
    fn turned(x: [2, 3]) -> [3, 2] {
        permute(x, (1, 2))
    }
}

fn main() {}
