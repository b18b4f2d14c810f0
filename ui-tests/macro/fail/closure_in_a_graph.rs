use cotangent::prelude::*;

graph! {
    fn same(x: [3]) -> [3] {
        let f = |y| relu(y);
        f(x)
    }
}

fn main() {
    same::<f32>();
}
