use cotangent::prelude::*;

graph! {
    fn walk(xs: [5, 2, 3], init: [2, 2, 4], w: [3, 16], u: [4, 16]) -> [5, 2, 2, 4] {
        scan(xs, init, { (w, u) }, { LstmCell })
    }
}

fn main() {
    walk::<f32>();
}
