use cotangent::prelude::*;

graph! {
    fn moments(x: [2]) -> ([], []) {
        (mean(x), sum(x * x))
    }
}

fn main() {
    let g = moments::<f32>();
    let y = g.value(&Tensor::zeros(), ());
    println!("{}", y.item());
}
