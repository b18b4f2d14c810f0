use cotangent::prelude::*;

graph! {
    fn hidden(x: [2, 3], w: [3, 4]) -> [2, 4] {
        matmul(x, w)
    }
}

fn main() {
    let inputs: TList<f64, context![[2, 3], [3, 5]]> = tlist![Tensor::zeros(), Tensor::zeros()];
    hidden::<f64>().value(&inputs, ());
}
