use cotangent::prelude::*;

graph! {
    use cotangent::nn::{Linear, linear};
    struct Mlp { hidden: Linear<2, 16>, out: Linear<8, 2> }

    fn loss(p: Mlp; x: [4, 2], labels: [4] < 2) -> ([], [4] < 2) {
        let scores = linear(tanh(linear(x, p.hidden)), p.out);
        (cross_entropy(scores, labels), argmax(scores, 1))
    }
}

fn main() {
    loss::<f32>();
}
