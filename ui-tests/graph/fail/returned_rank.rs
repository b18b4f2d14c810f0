use cotangent::prelude::*;

graph! {
    fn loss(x: [32, 64], w: [64, 10]) -> [] {
        let y = matmul(x, w);
        mean_axis(y, 1)
    }
}

fn main() {
    loss::<f32>();
}
