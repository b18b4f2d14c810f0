#[path = "../ops.rs"]
mod ops;

use cotangent::prelude::*;
use ops::gather;

fn main() {
    graph!(|x: []; i: [2] < 5| gather(x, i));
}
