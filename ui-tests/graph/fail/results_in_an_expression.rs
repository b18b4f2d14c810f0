use cotangent::prelude::*;

graph! {
    fn moments(x: [2]) -> ([], []) {
        (mean(x), sum(x * x))
    }

    fn variance(x: [2], y: []) -> [] {
        let m = moments(x);
        y - m
    }
}

fn main() {
    variance::<f32>();
}
