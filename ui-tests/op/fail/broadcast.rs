use cotangent::prelude::*;

graph! {
    fn repeat(x: [32]) -> [32, 10] {
        broadcast::<shape![32, 10], _>(x)
    }
}

fn main() {
    repeat::<f32>();
}
