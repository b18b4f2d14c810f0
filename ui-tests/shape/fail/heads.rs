#[path = "../ops.rs"]
mod ops;

use cotangent::prelude::*;
use ops::split_heads;

fn main() {
    graph!(|x: [7, 10]| split_heads(x, { N::<4> }));
}
