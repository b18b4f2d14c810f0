#[path = "../ops.rs"]
mod ops;

use cotangent::prelude::*;
use ops::pad;

fn main() {
    graph!(|x: [3, 8]| pad(x, { Axis::<2> }, { N::<1> }, { N::<0> }));
}
