use cotangent::prelude::*;

graph! {
    fn part(x: [2, 4]) -> [2, 3] {
        slice(x, { Axis::<1> }, { N::<2> }, { N::<3> })
    }
}

fn main() {
    part::<f32>();
}
