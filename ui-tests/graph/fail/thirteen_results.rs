use cotangent::prelude::*;

graph! {
    fn many(x: []) -> ([], [], [], [], [], [], [], [], [], [], [], [], []) {
        (x, x, x, x, x, x, x, x, x, x, x, x, x)
    }
}

fn main() {
    many::<f32>();
}
