//! The classifier in cotangent.

use cotangent::prelude::*;

graph! {
    fn loss(x: [32, 784], w1: [784, 128], b1: [128], w2: [128, 10], b2: [10]; labels: [32] < 10) -> [] {
        let hidden = relu(matmul(x, w1) + b1);
        cross_entropy(matmul(hidden, w2) + b2, labels)
    }
}

type Parameters = TList<f32, context![[784, 128], [128], [128, 10], [10]]>;

/// `n` made-up values around zero, the same in all three programs.
fn made(n: usize, step: usize, scale: f32) -> impl Iterator<Item = f32> {
    (0..n).map(move |i| ((i * step + 11) % 101) as f32 / 101.0 * scale - scale / 2.0)
}

fn tensor<S: Shape>(step: usize, scale: f32) -> Result<Tensor<f32, S>, TensorError> {
    Tensor::from_vec(made(S::SIZE, step, scale).collect())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let x: Tensor<f32, shape![32, 784]> = tensor(37, 1.0)?;
    let labels = tlist![Labels::<10, shape![32]>::new(std::array::from_fn::<
        _,
        32,
        _,
    >(|i| i * 7 % 10))?];
    let parameters: Parameters = tlist![
        tensor(29, 0.1)?,
        tensor(31, 0.1)?,
        tensor(23, 0.2)?,
        tensor(19, 0.2)?
    ];

    let g = loss::<f32>();
    let (before, gradient) =
        g.value_and_vjp(&tlist![x.clone()].append(parameters.clone()), &labels);
    let tlist_pat![_, dw1, db1, dw2, db2] = gradient;
    let parameters = parameters.sub(&tlist![dw1, db1, dw2, db2].scale(0.1));
    let after = g.value(&x.append(parameters), &labels);
    println!("{} {}", before.item(), after.item());
    Ok(())
}
