#[path = "../ops.rs"]
mod ops;

use cotangent::prelude::*;
use ops::max_pool2d;
use cotangent::shape::PoolWindow;

fn main() {
    graph!(|x: [1, 3, 4, 4]| max_pool2d(x, { PoolWindow::of::<5, 5>() }));
}
