use cotangent::prelude::*;

graph! {
    fn moments(x: [2]) -> ([], []) {
        (mean(x), sum(x * x))
    }

    fn variance(x: [2]) -> [] {
        let (mean, square, last) = moments(x);
        square - mean * mean * last
    }
}

fn main() {
    variance::<f32>();
}
