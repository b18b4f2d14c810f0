use cotangent::prelude::*;

graph! {
    fn pair(a: [2, 3], b: [3]) -> [2, 2, 3] {
        stack(a, b, 0)
    }
}

fn main() {}
