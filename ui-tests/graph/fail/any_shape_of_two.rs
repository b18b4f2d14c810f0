use cotangent::prelude::*;

graph! {
    fn sum_of_two<S: Shape, T: Shape>(x: S, y: T) -> S {
        x + y
    }
}

fn main() {}
