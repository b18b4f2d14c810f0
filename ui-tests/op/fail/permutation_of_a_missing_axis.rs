use cotangent::prelude::*;

graph! {
    fn turned(x: [2, 3]) -> [3, 2] {
        permute(x, { (Axis::<1>, Axis::<2>) })
    }
}

fn main() {}
