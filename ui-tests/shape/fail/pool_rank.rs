use cotangent::prelude::*;

fn main() {
    graph!(|x: [3, 4, 4]| max_pool2d(x, PoolWindow::of::<2, 2>()));
}
