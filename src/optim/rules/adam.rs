//! Adam and its relatives: means of the gradients and of their squares.

use crate::graph::Float;
use crate::op::{expm1, sqrt};
use crate::optim::optimiser::Optimiser;
use crate::optim::wrong::Range;
use cotangent_macros::graph;

/// How Adam, AdamW and NAdam keep their means. The default is that of the paper.
///
/// ```
/// use cotangent::optim::Adam;
/// use cotangent::prelude::*;
/// let optimiser = Adam { beta2: 0.95, ..Adam::default() }.adamw(0.1, 0.01);
/// let mut trainer = graph!(|x: []| x * x).trainer(&optimiser, &Tensor::scalar(1.0));
/// trainer.step(());
/// approx::assert_abs_diff_eq!(trainer.parameters().item(), 1.0 - 0.1 - 0.001, epsilon = 1e-9);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adam {
    /// How much of the mean of the gradients stays in an update.
    pub beta1: f64,
    /// How much of the mean of their squares stays in an update.
    pub beta2: f64,
    /// What is added to the root of the mean of the squares.
    pub epsilon: f64,
}

impl Default for Adam {
    fn default() -> Self {
        Adam {
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-8,
        }
    }
}

impl Adam {
    /// [`adam()`] with these settings.
    pub fn adam<A: Float>(self, rate: A) -> Optimiser<A> {
        let Adam {
            beta1,
            beta2,
            epsilon,
        } = self;
        let rule = graph!(|p: [], g: [], m: [], v: []; rate: [], step: []| {
            let m = { beta1 } * m + { 1.0 - beta1 } * g;
            let v = { beta2 } * v + { 1.0 - beta2 } * (g * g);
            // 1 - βᵗ
            let of_mean = -expm1(step * { beta1.ln() });
            let of_squares = -expm1(step * { beta2.ln() });
            (p - rate * ((m / of_mean) / (sqrt(v / of_squares) + { epsilon })), m, v)
        });
        self.demanded(Optimiser::new(rate, &rule))
    }

    /// [`adamw()`] with these settings.
    pub fn adamw<A: Float>(self, rate: A, decay: f64) -> Optimiser<A> {
        self.adam(rate).decoupled_decay(decay)
    }

    /// [`nadam()`] with these settings.
    pub fn nadam<A: Float>(self, rate: A) -> Optimiser<A> {
        let Adam {
            beta1,
            beta2,
            epsilon,
        } = self;
        let rule = graph!(|p: [], g: [], m: [], v: []; rate: [], step: []| {
            let m = { beta1 } * m + { 1.0 - beta1 } * g;
            let v = { beta2 } * v + { 1.0 - beta2 } * (g * g);
            let of_next = -expm1((step + 1.0) * { beta1.ln() });
            let of_mean = -expm1(step * { beta1.ln() });
            let of_squares = -expm1(step * { beta2.ln() });
            let ahead = { beta1 } * (m / of_next) + { 1.0 - beta1 } * (g / of_mean);
            (p - rate * (ahead / (sqrt(v / of_squares) + { epsilon })), m, v)
        });
        self.demanded(Optimiser::new(rate, &rule))
    }

    fn demanded<A: Float>(self, optimiser: Optimiser<A>) -> Optimiser<A> {
        optimiser
            .demand("beta1", self.beta1, Range::BelowOne)
            .demand("beta2", self.beta2, Range::BelowOne)
            .demand("epsilon", self.epsilon, Range::NotNegative)
    }
}

/// Adam, with 0.9 and 0.999 of the means kept: `m ← 0.9 m + 0.1 g`, `v ← 0.999 v + 0.001 g²`,
/// `p ← p - rate m̂ / (√v̂ + 1e-8)`, where `m̂ = m / (1 - 0.9ᵗ)` and `v̂ = v / (1 - 0.999ᵗ)` in update `t`. [`Adam`] has other numbers.
///
/// Source: Kingma and Ba, *Adam: A Method for Stochastic Optimization* (2015), Algorithm 1.
///
/// ```
/// use cotangent::optim::adam;
/// use cotangent::prelude::*;
/// // The first step is the rate, whatever the gradient is.
/// let mut trainer = graph!(|x: [2]| sum(x * x)).trainer(&adam(0.1), &Tensor::from([5.0, -0.01]));
/// trainer.step(());
/// approx::assert_abs_diff_eq!(trainer.parameters(), Tensor::from([4.9, 0.09]), epsilon = 1e-6);
/// ```
pub fn adam<A: Float>(rate: A) -> Optimiser<A> {
    Adam::default().adam(rate)
}

/// [`adam`], where in each update `rate decay p` is taken from each parameter that decays:
/// [`decoupled_decay`](Optimiser::decoupled_decay).
///
/// Source: Loshchilov and Hutter, *Decoupled Weight Decay Regularization* (2019), as in PyTorch: the decay is of the parameter
/// before the update.
///
/// ```
/// use cotangent::optim::adamw;
/// use cotangent::prelude::*;
/// let mut trainer = graph!(|x: []| 0 * x).trainer(&adamw(0.5, 0.1), &Tensor::scalar(2.0));
/// trainer.step(());
/// assert_eq!(trainer.parameters().item(), 2.0 - 0.5 * 0.1 * 2.0);
/// ```
pub fn adamw<A: Float>(rate: A, decay: f64) -> Optimiser<A> {
    Adam::default().adamw(rate, decay)
}

/// [`adam`] with the momentum of Nesterov: instead of `m̂` it takes `0.9 m / (1 - 0.9ᵗ⁺¹) + 0.1 g / (1 - 0.9ᵗ)`.
///
/// Source: Dozat, *Incorporating Nesterov Momentum into Adam* (2016), with one factor for all updates, and without the factor 0.999 of
/// `v̂`, as in Optax.
///
/// ```
/// use cotangent::optim::nadam;
/// use cotangent::prelude::*;
/// let mut trainer = graph!(|x: []| x).trainer(&nadam(1.0), &Tensor::scalar(0.0));
/// trainer.step(());
/// // 0.9 · 0.1 / 0.19 + 0.1 / 0.1
/// approx::assert_abs_diff_eq!(trainer.parameters().item(), -0.09 / 0.19 - 1.0, epsilon = 1e-7);
/// ```
pub fn nadam<A: Float>(rate: A) -> Optimiser<A> {
    Adam::default().nadam(rate)
}
