#[path = "../ops.rs"]
mod ops;

use cotangent::prelude::*;
use ops::gather;

fn main() {
    graph!(|x: [5, 2, 2, 2, 2]; i: [2] < 5| gather(x, i));
}
