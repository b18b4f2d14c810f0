use cotangent::prelude::*;

graph! {
    fn loss<B: Dim>(x: [B]) -> [] {
        sum(x * x)
    }
}

fn main() {
    loss::<f32, 3>();
}
