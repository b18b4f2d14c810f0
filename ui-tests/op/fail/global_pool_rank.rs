use cotangent::prelude::*;

graph! {
    fn pool(x: [8, 16]) -> [8] {
        global_avg_pool(x)
    }
}

fn main() {}
