use cotangent::prelude::*;

graph! {
    fn square(x: [2]) -> [2] {
        x * x
    }
}

fn main() {
    let x = Tensor::from([1.0, 2.0]);
    square::<f64>().value(&x);
}
