//! Graphs that call graphs, with environments and several outputs.
use cotangent::prelude::*;

graph! {
    fn layer<I: Dim, O: Dim>(x: [8, I], w: [I, O], b: [O]) -> [8, O] {
        relu(matmul(x, w) + b)
    }

    fn split(x: [8, 6]) -> ([8, 3], [8, 3]) {
        (slice(x, 1, 0, 3), slice(x, 1, 3, 3))
    }

    fn loss(x: [8, 3]; labels: [8] < 3) -> [] {
        cross_entropy(x, labels)
    }

    fn network(x: [8, 4], w1: [4, 5], b1: [5], w2: [5, 6], b2: [6]; labels: [8] < 3) -> [] {
        let h = layer::<A, N<4>, N<5>>(x, w1, b1);
        let (a, b) = split(layer::<A, N<5>, N<6>>(h, w2, b2));
        loss(a * b, labels)
    }
}

fn main() -> Result<(), LabelsError> {
    let g = network::<f64>();
    let inputs = tlist![Tensor::ones(), Tensor::ones(), Tensor::ones(), Tensor::ones(), Tensor::ones()];
    let env = tlist![Labels::<3, shape![8]>::new([1; 8])?];
    let (y, _) = g.value_and_vjp(&inputs, &env);
    assert!((y.item() - 3_f64.ln()).abs() < 1e-12);
    Ok(())
}
