use cotangent::prelude::*;

graph! {
    fn total(x: [2, 3, 4]) -> [3] {
        sum(x, (0, 2))
    }

    fn average(x: [2, 3, 4]) -> [3] {
        mean_axis(x, (0, 2))
    }

    fn factor(x: [2, 3, 4]) -> [3] {
        prod_axis(x, (0, 2))
    }
}

fn main() {}
