use cotangent::prelude::*;
use num_rational::BigRational;

graph! {
    fn grow(x: [3]) -> [3] {
        exp(x)
    }
}

fn main() {
    grow::<BigRational>();
}
