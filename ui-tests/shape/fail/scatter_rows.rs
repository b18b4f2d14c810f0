#[path = "../ops.rs"]
mod ops;

use cotangent::prelude::*;
use ops::scatter_add;

fn main() {
    graph!(|x: [3, 8]; i: [2] < 5| scatter_add(x, i));
}
