use cotangent::prelude::*;

graph! {
    fn averages(x: [2, 3, 4]) -> [3] {
        mean_axes(x, (0, 3))
    }
}

fn main() {
    averages::<f32>();
}
