//! RMSprop: each gradient over the root of a mean of its squares.

use crate::graph::Float;
use crate::op::sqrt;
use crate::optim::optimiser::Optimiser;
use crate::optim::wrong::Range;
use cotangent_macros::graph;

/// The settings of RMSprop. The default is that of PyTorch.
///
/// ```
/// use cotangent::optim::RmsProp;
/// use cotangent::prelude::*;
/// let optimiser = RmsProp { alpha: 0.75, epsilon: 0.0, ..RmsProp::default() }.rmsprop(0.5);
/// let mut trainer = graph!(|x: []| 3 * x).trainer(&optimiser, &Tensor::scalar(2.0));
/// trainer.step(());
/// assert_eq!(trainer.parameters().item(), 1.0); // 3 / √(0.25 · 9) = 2
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RmsProp {
    /// How much of the mean of the squares stays in an update.
    pub alpha: f64,
    /// What is added to the root.
    pub epsilon: f64,
    /// How much of the last change is made again; 0 is none, and then nothing is kept of it.
    pub momentum: f64,
    /// Whether the square of the mean gradient is taken from the mean of the squares, which then is a variance.
    pub centred: bool,
}

impl Default for RmsProp {
    fn default() -> Self {
        RmsProp {
            alpha: 0.99,
            epsilon: 1e-8,
            momentum: 0.0,
            centred: false,
        }
    }
}

impl RmsProp {
    /// [`rmsprop()`] with these settings.
    pub fn rmsprop<A: Float>(self, rate: A) -> Optimiser<A> {
        let RmsProp {
            alpha,
            epsilon,
            momentum,
            centred,
        } = self;
        let optimiser = match (momentum == 0.0, centred) {
            (true, false) => Optimiser::new(
                rate,
                &graph!(|p: [], g: [], v: []; rate: []| {
                    let v = { alpha } * v + { 1.0 - alpha } * (g * g);
                    (p - rate * (g / (sqrt(v) + { epsilon })), v)
                }),
            ),
            (false, false) => Optimiser::new(
                rate,
                &graph!(|p: [], g: [], v: [], b: []; rate: []| {
                    let v = { alpha } * v + { 1.0 - alpha } * (g * g);
                    let b = { momentum } * b + g / (sqrt(v) + { epsilon });
                    (p - rate * b, v, b)
                }),
            ),
            (true, true) => Optimiser::new(
                rate,
                &graph!(|p: [], g: [], v: [], m: []; rate: []| {
                    let v = { alpha } * v + { 1.0 - alpha } * (g * g);
                    let m = { alpha } * m + { 1.0 - alpha } * g;
                    (p - rate * (g / (sqrt(v - m * m) + { epsilon })), v, m)
                }),
            ),
            (false, true) => Optimiser::new(
                rate,
                &graph!(|p: [], g: [], v: [], m: [], b: []; rate: []| {
                    let v = { alpha } * v + { 1.0 - alpha } * (g * g);
                    let m = { alpha } * m + { 1.0 - alpha } * g;
                    let b = { momentum } * b + g / (sqrt(v - m * m) + { epsilon });
                    (p - rate * b, v, m, b)
                }),
            ),
        };
        optimiser
            .demand("alpha", alpha, Range::BelowOne)
            .demand("epsilon", epsilon, Range::NotNegative)
            .demand("momentum", momentum, Range::BelowOne)
    }
}

/// RMSprop: `v ← 0.99 v + 0.01 g²`, `p ← p - rate g / (√v + 1e-8)`. [`RmsProp`] has other numbers, momentum, and the form that is
/// centred: with the mean `m` of the gradients it divides by `√(v - m²) + 1e-8`.
///
/// Source: Tieleman and Hinton, *Lecture 6.5, RMSprop* (2012), as in PyTorch: what is added is not under the root, and the rate is
/// not in the momentum. Centred: Graves, *Generating Sequences With Recurrent Neural Networks* (2013).
///
/// ```
/// use cotangent::optim::rmsprop;
/// use cotangent::prelude::*;
/// let mut trainer = graph!(|x: []| 5 * x).trainer(&rmsprop(0.1), &Tensor::scalar(2.0));
/// trainer.step(());
/// approx::assert_abs_diff_eq!(trainer.parameters().item(), 1.0, epsilon = 1e-7); // 5 / √(0.01 · 25) = 10
/// ```
pub fn rmsprop<A: Float>(rate: A) -> Optimiser<A> {
    RmsProp::default().rmsprop(rate)
}
