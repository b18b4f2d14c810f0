use cotangent::prelude::*;

graph! {
    fn parts(x: [8, 10]) -> [8, 3] {
        let (a, b) = split(x, 1, (3, 6));
        a + slice(b, 1, 0, 3)
    }
}

fn main() {
    parts::<f32>();
}
