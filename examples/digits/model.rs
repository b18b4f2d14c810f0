//! The model: 64 pixels, 48 hidden units, 10 classes.

use super::data::{BLACK, Digit};
use cotangent::prelude::*;

graph! {
    /// A matrix and a bias.
    pub struct Linear<I: Dim, O: Dim> { pub weight: [I, O], pub bias: [O] }

    /// All parameters.
    pub struct Network { pub hidden: Linear<64, 48>, pub output: Linear<48, 10> }

    /// One score for each class.
    pub fn logits<const B: usize>(x: [B, 64], p: Network) -> [B, 10] {
        let h = relu(matmul(x, p.hidden.weight) + p.hidden.bias);
        matmul(h, p.output.weight) + p.output.bias
    }

    /// The mean cross-entropy of the scores, and the class of the largest. After the semicolon: the data, which are not
    /// differentiated.
    pub fn loss<const B: usize>(p: Network; x: [B, 64], labels: [B] < 10) -> ([], [B] < 10) {
        let scores = logits(x, p);
        (cross_entropy(scores, labels), argmax(scores, 1))
    }

    /// The probability of each class, and the class of the largest.
    pub fn answers<const B: usize>(x: [B, 64], p: Network) -> ([B, 10], [B] < 10) {
        let scores = logits(x, p);
        (softmax(scores, 1), argmax(scores, 1))
    }
}

/// All parameters, as values; gradients have the same type.
pub type Weights = Parameters<f32, Network>;

/// Weights as He et al. (2015) draw them, from a uniform distribution; biases of zero.
pub fn initial(rng: &mut fastrand::Rng) -> Weights {
    Network {
        hidden: Linear::of(uniform(rng, 64), Tensor::zeros()),
        output: Linear::of(uniform(rng, 48), Tensor::zeros()),
    }
}

fn uniform<S: Shape>(rng: &mut fastrand::Rng, fan_in: u16) -> Tensor<f32, S> {
    let bound = (6.0 / f32::from(fan_in)).sqrt();
    Tensor::zeros().map(|_: &f32| bound * (2.0 * rng.f32() - 1.0))
}

/// The pixels of a batch, from 0 to 1.
pub fn images<const B: usize>(
    batch: &[Digit],
) -> Result<Tensor<f32, shape![{ B }, 64]>, TensorError>
where
    N<B>: Dim,
{
    let pixels = batch.iter().flat_map(|digit| digit.pixels);
    Ok(Tensor::from_vec(pixels.map(f32::from).collect())? / f32::from(BLACK))
}

/// The probability of each class, and the most probable one, for each digit of a batch.
#[allow(clippy::type_complexity)]
pub fn predict<const B: usize>(
    batch: &[Digit],
    weights: &Weights,
) -> Result<(Tensor<f32, shape![{ B }, 10]>, Labels<10, shape![{ B }]>), TensorError>
where
    N<B>: Dim,
{
    Ok(answers().value((&images::<B>(batch)?, weights), ()))
}
