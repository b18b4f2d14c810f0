use cotangent::prelude::*;

graph! {
    fn loss(x: [2]) -> [] {
        sum(x * x)
    }
}

fn run<B: Dim>() {
    loss::<f32, B>();
}

fn main() {
    run::<N<2>>();
}
