use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }
    struct Mlp { hidden: Linear<2, 16>, out: Linear<8, 2> }

    fn linear<I: Dim, O: Dim>(x: [4, I], p: Linear<I, O>) -> [4, O] {
        matmul(x, p.weight) + p.bias
    }
    fn loss(p: Mlp; x: [4, 2], labels: [4] < 2) -> ([], [4] < 2) {
        let scores = linear(tanh(linear(x, p.hidden)), p.out);
        (cross_entropy(scores, labels), argmax(scores, 1))
    }
}

fn main() {
    loss::<f32>();
}
