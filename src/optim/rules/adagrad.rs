//! Adagrad: each gradient over the root of the sum of its squares.

use crate::graph::Float;
use crate::op::sqrt;
use crate::optim::optimiser::Optimiser;
use crate::optim::wrong::Range;
use cotangent_macros::graph;

/// The settings of Adagrad. The default is that of PyTorch.
///
/// ```
/// use cotangent::optim::Adagrad;
/// use cotangent::prelude::*;
/// let mut trainer = graph!(|x: []| x).trainer(&Adagrad { epsilon: 1.0 }.adagrad(1.0), &Tensor::scalar(2.0));
/// trainer.step(());
/// assert_eq!(trainer.parameters().item(), 1.5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adagrad {
    /// What is added to the root.
    pub epsilon: f64,
}

impl Default for Adagrad {
    fn default() -> Self {
        Adagrad { epsilon: 1e-10 }
    }
}

impl Adagrad {
    /// [`adagrad()`] with these settings.
    pub fn adagrad<A: Float>(self, rate: A) -> Optimiser<A> {
        let Adagrad { epsilon } = self;
        let rule = graph!(|p: [], g: [], v: []; rate: []| {
            let v = v + g * g;
            (p - rate * (g / (sqrt(v) + { epsilon })), v)
        });
        Optimiser::new(rate, &rule).demand("epsilon", epsilon, Range::NotNegative)
    }
}

/// Adagrad: `v ← v + g²`, `p ← p - rate g / (√v + 1e-10)`.
///
/// Source: Duchi, Hazan and Singer, *Adaptive Subgradient Methods* (2011), as in PyTorch: the sum begins with 0.
///
/// ```
/// use cotangent::optim::adagrad;
/// use cotangent::prelude::*;
/// let mut trainer = graph!(|x: []| 5 * x).trainer(&adagrad(1.0), &Tensor::scalar(3.0));
/// trainer.step(());
/// trainer.step(());
/// approx::assert_abs_diff_eq!(trainer.parameters().item(), 3.0 - 1.0 - 0.5_f64.sqrt(), epsilon = 1e-9);
/// ```
pub fn adagrad<A: Float>(rate: A) -> Optimiser<A> {
    Adagrad::default().adagrad(rate)
}
