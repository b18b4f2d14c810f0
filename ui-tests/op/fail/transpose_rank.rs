use cotangent::prelude::*;

graph! {
    fn turn(x: [2, 3, 4]) -> [] {
        sum(transpose(x))
    }
}

fn main() {
    turn::<f32>();
}
