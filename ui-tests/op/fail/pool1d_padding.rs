use cotangent::prelude::*;

graph! {
    fn pool(x: [8, 16, 28]) -> [8, 16, 16] {
        max_pool1d(x, PoolWindow1d::of::<2>().padding::<2>())
    }
}

fn main() {}
