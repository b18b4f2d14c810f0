use cotangent::prelude::*;
use num_bigint::BigUint;

graph! {
    fn ratio(x: [3], y: [3]) -> [3] where A: Field {
        x / y
    }
}

fn main() {
    ratio::<BigUint>();
}
