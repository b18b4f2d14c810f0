//! The classifier of the front page.
use cotangent::prelude::*;

graph! {
    /// Mean cross-entropy of a linear classifier.
    pub fn loss(x: [32, 64], w: [64, 10], b: [10]; labels: [32] < 10) -> [] {
        let logits = matmul(x, w) + b;
        cross_entropy(logits, labels)
    }
}

fn main() -> Result<(), LabelsError> {
    let g = loss::<f32>();
    let inputs = tlist![Tensor::ones(), Tensor::zeros(), Tensor::zeros()];
    let env = tlist![Labels::<10, shape![32]>::new([3; 32])?];

    let context = g.eval(&inputs, &env);
    assert_eq!(context.len(), 6);
    let (value, cotangents) = g.value_and_vjp(&inputs, &env);
    let tlist_pat![_, dw, db] = cotangents;
    let (_, _): (Tensor<f32, shape![64, 10]>, Tensor<f32, shape![10]>) = (dw, db);
    let directions = tlist![Tensor::ones(), Tensor::ones(), Tensor::ones()];
    let tangent = g.jvp(&inputs, &directions, &env);
    assert!(tangent.len() == 6 && (value.item() - 10_f32.ln()).abs() < 1e-5);
    Ok(())
}
