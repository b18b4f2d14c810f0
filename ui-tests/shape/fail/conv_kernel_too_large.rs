#[path = "../ops.rs"]
mod ops;

use cotangent::prelude::*;
use ops::conv2d;
use cotangent::shape::ConvWindow;

fn main() {
    graph!(|x: [1, 3, 4, 9], w: [8, 3, 7, 7]| conv2d(x, w, { ConvWindow::new().padding::<1, 1>() }));
}
