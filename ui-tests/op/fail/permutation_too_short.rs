use cotangent::prelude::*;

graph! {
    fn turn(x: [2, 3, 4]) -> [3, 2] {
        permute(x, (1, 0))
    }
}

fn main() {
    turn::<f32>();
}
