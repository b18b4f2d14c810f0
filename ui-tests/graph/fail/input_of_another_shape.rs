use cotangent::prelude::*;

graph! {
    fn square(x: [2]) -> [2] {
        x * x
    }
}

fn main() {
    square::<f64>().value(&Tensor::from([1.0, 2.0, 3.0]), ());
}
