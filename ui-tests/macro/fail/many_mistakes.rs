use cotangent::prelude::*;

graph! {
    fn first(x: [3], y: f32) -> [3] {
        let z = x % x;
        z.relu()
    }

    fn second(x: [3]) -> [3] {
        x < x
    }
}

fn main() {
    first::<f32>();
    second::<f32>();
}
