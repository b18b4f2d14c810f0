use cotangent::prelude::*;

graph! {
    fn moments(x: [2]) -> ([], []) {
        (mean(x), sum(x * x))
    }
}

fn main() {
    let g = moments::<f32>();
    let (mean, square, last) = g.value(&Tensor::zeros(), ());
    let _ = (mean, square, last);
}
