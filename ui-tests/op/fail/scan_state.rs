use cotangent::prelude::*;

graph! {
    fn walk(xs: [5, 2, 3], init: [3]) -> [5, 3] {
        scan(xs, init, { () }, { Add })
    }
}

fn main() {
    walk::<f32>();
}
