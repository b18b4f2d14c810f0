//! Optimisers of the field.

use super::optimiser::Optimiser;
use crate::graph::Float;
use crate::op::{expm1, sqrt};
use cotangent_macros::graph;

/// Gradient descent: `p - rate g`.
///
/// ```
/// use cotangent::optim::sgd;
/// use cotangent::prelude::*;
/// let mut trainer = graph!(|x: []| x * x).trainer(&sgd(0.25), &Tensor::scalar(8.0));
/// let values = [trainer.step(()), trainer.step(())].map(|y| y.item());
/// assert_eq!((values, trainer.parameters().item()), ([64.0, 16.0], 2.0));
/// ```
pub fn sgd<A: Float>(rate: A) -> Optimiser<A> {
    let rule = graph!(|p: [], g: []; rate: []| p - rate * g);
    Optimiser::new(rate, &rule)
}

/// Gradient descent with momentum: `m ← kept m + g`, `p ← p - rate m`.
///
/// Source: Polyak, *Some methods of speeding up the convergence of iteration methods* (1964), as in PyTorch.
///
/// ```
/// use cotangent::optim::momentum;
/// use cotangent::prelude::*;
/// let mut trainer = graph!(|x: []| x).trainer(&momentum(1.0, 0.5), &Tensor::scalar(0.0));
/// trainer.step(());
/// trainer.step(());
/// assert_eq!(trainer.parameters().item(), -1.0 - 1.5);
/// ```
pub fn momentum<A: Float>(rate: A, kept: f64) -> Optimiser<A> {
    let rule = graph!(|p: [], g: [], m: []; rate: []| {
        let m = { kept } * m + g;
        (p - rate * m, m)
    });
    Optimiser::new(rate, &rule)
}

/// How much of the means of the gradients and of their squares is kept in a step, and what is added to the root.
const KEPT: f64 = 0.9;
const KEPT_SQUARES: f64 = 0.999;
const EPSILON: f64 = 1e-8;

graph! {
    /// `m̂ / (√v̂ + 1e-8)` of Adam, and the means after a step.
    fn moments(g: [], m: [], v: [], step: []) -> ([], [], []) {
        let m = { KEPT } * m + { 1.0 - KEPT } * g;
        let v = { KEPT_SQUARES } * v + { 1.0 - KEPT_SQUARES } * (g * g);
        // 1 - keptᵗ
        let of_mean = -expm1(step * { KEPT.ln() });
        let of_squares = -expm1(step * { KEPT_SQUARES.ln() });
        ((m / of_mean) / (sqrt(v / of_squares) + { EPSILON }), m, v)
    }
}

/// Adam, with 0.9 and 0.999 of the means kept: `m ← 0.9 m + 0.1 g`, `v ← 0.999 v + 0.001 g²`,
/// `p ← p - rate m̂ / (√v̂ + 1e-8)`, where `m̂ = m / (1 - 0.9ᵗ)` and `v̂ = v / (1 - 0.999ᵗ)` in step `t`.
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
    let rule = graph!(|p: [], g: [], m: [], v: []; rate: [], step: []| {
        let (change, m, v) = { moments() }(g, m, v, step);
        (p - rate * change, m, v)
    });
    Optimiser::new(rate, &rule)
}

/// Adam, where in each step `rate decay p` is taken from each parameter.
///
/// Source: Loshchilov and Hutter, *Decoupled Weight Decay Regularization* (2019), as in PyTorch: the decay is of the parameter
/// before the step.
///
/// ```
/// use cotangent::optim::adamw;
/// use cotangent::prelude::*;
/// let mut trainer = graph!(|x: []| 0 * x).trainer(&adamw(0.5, 0.1), &Tensor::scalar(2.0));
/// trainer.step(());
/// assert_eq!(trainer.parameters().item(), 2.0 - 0.5 * 0.1 * 2.0);
/// ```
pub fn adamw<A: Float>(rate: A, decay: f64) -> Optimiser<A> {
    let rule = graph!(|p: [], g: [], m: [], v: []; rate: [], step: []| {
        let (change, m, v) = { moments() }(g, m, v, step);
        (p - rate * (change + { decay } * p), m, v)
    });
    Optimiser::new(rate, &rule)
}
