use cotangent::prelude::*;

graph! {
    fn square(x: [3]) -> [3] {
        x * x
    }
}

fn main() {
    let x: Tensor<f64, _> = Tensor::from([1.0, 2.0, 3.0]);
    square::<f32>().value(&x, ());
}
