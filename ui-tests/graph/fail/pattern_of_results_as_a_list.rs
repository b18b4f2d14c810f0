use cotangent::prelude::*;

graph! {
    fn moments(x: [2]) -> ([], []) {
        (mean(x), sum(x * x))
    }

    fn variance(x: [2]) -> [] {
        let [mean, square] = moments(x);
        square - mean * mean
    }
}

fn main() {
    variance::<f32>();
}
