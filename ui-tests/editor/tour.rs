//! A program as a user would write it, for `tests/editor.rs`: that test asks an editor's server about its names.

use cotangent::prelude::*;

/// The rate of what is at the end.
const RATE: f64 = 0.5;

graph! {
    /// A dense layer: the graph that others call.
    pub fn dense<const B: usize, I: Dim, O: Dim>(x: [B, I], w: [I, O], b: [O]) -> [B, O] {
        relu(matmul(x, w) + b)
    }

    /// The mean loss of a classifier.
    pub fn loss(x: [32, 64], w1: [64, 128], b1: [128], w2: [128, 10]; labels: [32] < 10) -> []
    where
        A: Real,
    {
        let h = dense(x, w1, b1);
        let h = h * 0.5 + tanh(h);
        let scores: [32, 10] = matmul(h, w2);
        let scaled = scale(scores, { RATE });
        cross_entropy(scaled, labels)
    }

    fn two<D: Dim>(x: [D], y: [D]) -> ([D], []) {
        let sum = x + y;
        (sum, mean(x * -y))
    }

    fn curve<S: Shape>(any: S) -> S {
        let bent = tanh(any);
        bent + any
    }

    fn raised<D: Dim>(low: [2, D], up: [D, 4 * D]) -> [2, 4 * D] {
        curve(matmul(low, up))
    }

    fn arithmetic(low: [2, 3], up: [3, 12]) -> [2, 12] {
        let high = raised(low, up);
        let higher = curve(high);
        higher + 1
    }

    fn pair(left: [3], right: [3]) -> [3] {
        let (both, product) = two::<A, N<3>>(left, right);
        let outer = einsum!("i,j->ij", both, left * right);
        mean_axis(outer, 0) - both * product
    }

    /// The parameters of a layer, as one group.
    struct Layer<I: Dim, O: Dim> {
        /// One column for each output.
        weight: [I, O],
        bias: [O],
    }

    fn apply<I: Dim, O: Dim>(x: [1, I], p: Layer<I, O>) -> [1, O] {
        matmul(x, p.weight) + p.bias
    }

    fn chain(x: [1, 3], first: Layer<3, 4>, last: [Layer<4, 4>; 2]) -> [1, 4] {
        let y = apply(x, first);
        let turned = Layer { weight: last[0].weight, bias: tanh(last[1].bias) };
        apply(y, turned)
    }
}

fn main() {
    let rate = 2.0;
    let closure = graph!(|u: [2, 3], v: [3, 4]| {
        let p = matmul(u, v);
        scale(p, rate) - 1.0
    });
    let inputs = tlist![Tensor::<f64, _>::ones(), Tensor::ones()];
    let [_, q] = [&inputs, &inputs].map(|inputs| closure.value(inputs, ()));
    println!(
        "{q:?}, {}, {}",
        loss::<f32>().summary(),
        pair::<f64>().summary()
    );
    println!("{}", chain::<f64>().summary());
    println!("{}", arithmetic::<f64>().summary());
}
