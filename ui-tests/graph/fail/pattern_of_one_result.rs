use cotangent::prelude::*;

graph! {
    fn mean_of(x: [2]) -> [] {
        mean(x)
    }

    fn variance(x: [2]) -> [] {
        let (mean, square) = mean_of(x);
        square - mean * mean
    }
}

fn main() {
    variance::<f32>();
}
