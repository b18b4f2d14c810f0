use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }
    struct Pair<D: Dim> { up: Linear<D, 3>, down: Linear<3, D> }

    fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] where A: Semiring {
        matmul(x, p.weight) + p.bias
    }

    fn pair<B: Dim, D: Dim>(x: [B, D], p: Pair<D>) -> [B, D] where A: Semiring {
        linear(linear(x, p.up), p.down)
    }

    // One weight, there and back.
    fn tied(x: [1, 2], weight: [2, 3], b: [3], c: [2]) -> [1, 2] where A: Semiring {
        let back = transpose(weight);
        pair(x, Pair { up: Linear { weight, bias: b }, down: Linear { weight: back, bias: c } })
    }
}

fn main() {
    let weight = Tensor::from([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]]);
    let (b, c) = (Tensor::from([0.0, 0.0, 1.0]), Tensor::from([10.0, 20.0]));
    let x = tlist![Tensor::from([[1.0, 2.0]]), weight, b, c];
    // [1, 2] to [1, 2, 4 + 1], and back to [1 + 10, 2 + 5] and c.
    assert_eq!(tied::<f64>().value(&x, ()), Tensor::from([[21.0, 27.0]]));
}
