use cotangent::prelude::*;

graph! {
    fn halves(x: [8, 100]) -> [8, 51] {
        let (a, b) = split(x, 1, 2, 51);
        a + b
    }
}

fn main() {
    halves::<f32>();
}
