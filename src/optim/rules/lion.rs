//! Lion: the sign of a mean of the gradients.

use crate::graph::Float;
use crate::op::step;
use crate::optim::optimiser::Optimiser;
use crate::optim::wrong::Range;
use cotangent_macros::graph;

/// The settings of Lion. The default is that of the paper.
///
/// ```
/// use cotangent::optim::Lion;
/// use cotangent::prelude::*;
/// let optimiser = Lion { beta1: 0.95, beta2: 0.98 }.lion(0.5, 0.0);
/// let mut trainer = graph!(|x: []| 7 * x).trainer(&optimiser, &Tensor::scalar(2.0));
/// trainer.step(());
/// assert_eq!(trainer.parameters().item(), 1.5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lion {
    /// How much of the mean is in the sum whose sign is taken.
    pub beta1: f64,
    /// How much of the mean stays in an update.
    pub beta2: f64,
}

impl Default for Lion {
    fn default() -> Self {
        Lion {
            beta1: 0.9,
            beta2: 0.99,
        }
    }
}

impl Lion {
    /// [`lion()`] with these settings.
    pub fn lion<A: Float>(self, rate: A, decay: f64) -> Optimiser<A> {
        let Lion { beta1, beta2 } = self;
        let rule = graph!(|p: [], g: [], m: []; rate: []| {
            let c = { beta1 } * m + { 1.0 - beta1 } * g;
            (p - rate * (step(c) - step(-c)), { beta2 } * m + { 1.0 - beta2 } * g)
        });
        Optimiser::new(rate, &rule)
            .demand("beta1", beta1, Range::BelowOne)
            .demand("beta2", beta2, Range::BelowOne)
            .decoupled_decay(decay)
    }
}

/// Lion: `p ← p - rate (sign(0.9 m + 0.1 g) + decay p)`, then `m ← 0.99 m + 0.01 g`. The sign of 0 is 0. Its rate is mostly a third to
/// a tenth of that of AdamW, and its decay as many times larger.
///
/// Source: Chen et al., *Symbolic Discovery of Optimization Algorithms* (2023).
///
/// ```
/// use cotangent::optim::lion;
/// use cotangent::prelude::*;
/// let mut trainer = graph!(|x: [3]| sum(x * x)).trainer(&lion(0.5, 0.0), &Tensor::from([5.0, 0.0, -0.01]));
/// trainer.step(());
/// assert_eq!(trainer.parameters(), Tensor::from([4.5, 0.0, 0.49]));
/// ```
pub fn lion<A: Float>(rate: A, decay: f64) -> Optimiser<A> {
    Lion::default().lion(rate, decay)
}
