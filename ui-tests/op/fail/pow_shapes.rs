use cotangent::prelude::*;

graph! {
    fn powers(x: [32, 10], n: [32]) -> [32, 10] {
        pow(x, n)
    }
}

fn main() {
    powers::<f32>();
}
