use cotangent::prelude::*;

graph! {
    fn pool<H: Dim>(x: [8, 16, H, 28]) -> [8, 16, 7, 7] {
        adaptive_max_pool2d(x, 7)
    }
}

fn main() {}
