use cotangent::prelude::*;

graph! {
    fn square<B>(x: [B, 3]) -> [B, 3] {
        x * x
    }
}

fn main() {
    square::<f32, N<2>>();
}
