use cotangent::prelude::*;

graph! {
    fn pool(x: [8, 16, 28, 28]) -> [8, 16, 16, 16] {
        max_pool2d(x, PoolWindow::of::<2, 2>().padding::<2, 2>())
    }
}

fn main() {
    pool::<f32>();
}
