//! The model: 64 pixels, 48 hidden units, 10 classes.

use super::data::{BLACK, Digit};
use cotangent::prelude::*;

graph! {
    /// One score for each class.
    pub fn logits<const B: usize>(x: [B, 64], w1: [64, 48], b1: [48], w2: [48, 10], b2: [10]) -> [B, 10] {
        let h = relu(matmul(x, w1) + b1);
        matmul(h, w2) + b2
    }

    /// The scores, and their mean cross-entropy.
    pub fn loss<const B: usize>(
        x: [B, 64], w1: [64, 48], b1: [48], w2: [48, 10], b2: [10]; labels: [B] < 10
    ) -> ([B, 10], []) {
        let scores = logits::<A, B>()(x, w1, b1, w2, b2);
        (scores, cross_entropy(scores, labels))
    }

    /// The probability of each class.
    pub fn probabilities<const B: usize>(
        x: [B, 64], w1: [64, 48], b1: [48], w2: [48, 10], b2: [10]
    ) -> [B, 10] {
        softmax(logits::<A, B>()(x, w1, b1, w2, b2), { Axis::<1> })
    }
}

/// `w1`, `b1`, `w2`, `b2`.
pub type Parameters = TList<f32, context![[64, 48], [48], [48, 10], [10]]>;

/// Weights as He et al. (2015) draw them, from a uniform distribution; biases of zero.
pub fn initial(rng: &mut fastrand::Rng) -> Parameters {
    tlist![
        uniform(rng, 64),
        Tensor::zero(),
        uniform(rng, 48),
        Tensor::zero()
    ]
}

fn uniform<S: cotangent::tensor::Indexed>(rng: &mut fastrand::Rng, fan_in: u16) -> Tensor<f32, S> {
    let bound = (6.0 / f32::from(fan_in)).sqrt();
    Tensor::from_fn(|_| bound * (2.0 * rng.f32() - 1.0))
}

/// The pixels of a batch, from 0 to 1.
pub fn images<const B: usize>(
    batch: &[Digit],
) -> Result<Tensor<f32, shape![{ B }, 64]>, TensorError>
where
    N<B>: Dim,
{
    let pixels = batch.iter().flat_map(|digit| digit.pixels);
    Tensor::from_vec(
        pixels
            .map(|pixel| f32::from(pixel) / f32::from(BLACK))
            .collect(),
    )
}

/// The probability of each class, for each digit of a batch.
pub fn predict<const B: usize>(
    batch: &[Digit],
    parameters: &Parameters,
) -> Result<Tensor<f32, shape![{ B }, 10]>, TensorError>
where
    N<B>: Dim,
{
    let inputs = tlist![images::<B>(batch)?].append(parameters.clone());
    Ok(probabilities::<f32, B>().value(&inputs, &tlist![]))
}

/// The class of the largest score.
pub fn best(scores: &[f32]) -> usize {
    let by_score = |a: &(usize, &f32), b: &(usize, &f32)| a.1.total_cmp(b.1);
    scores
        .iter()
        .enumerate()
        .max_by(by_score)
        .map_or(0, |(class, _)| class)
}
