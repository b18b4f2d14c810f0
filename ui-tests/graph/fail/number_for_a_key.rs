use cotangent::prelude::*;

graph! {
    fn noisy(x: [32, 64]; key) -> [32, 64] {
        dropout(x, key, 0.5)
    }
}

fn main() {
    noisy::<f32>().value(&Tensor::zeros(), &tlist![7]);
}
