use cotangent::prelude::*;

graph! {
    fn flat(x: [28, 28]) -> [768] {
        reshape::<shape![768], _>(x)
    }
}

fn main() {
    flat::<f32>();
}
