use cotangent::prelude::*;

graph! {
    fn moments(x: [2]) -> ([], []) {
        (mean(x), sum(x * x))
    }
}

fn main() {
    let g = moments::<f32>();
    let tlist![mean, square] = g.value(&Tensor::zeros(), ());
    let _ = (mean, square);
}
