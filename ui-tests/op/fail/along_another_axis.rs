use cotangent::prelude::*;

graph! {
    fn shifted(x: [4, 3, 8, 8], b: [3]) -> [4, 3, 8, 8] {
        x + along(b, x, 3)
    }
}

fn main() {}
