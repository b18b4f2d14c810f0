use cotangent::prelude::*;

graph! {
    fn pair(a: [2, 3], b: [3]) -> [2, 2, 3] {
        stack((a, b), { Axis::<0> })
    }
}

fn main() {}
