//! Gradient descent, alone and with momentum.

use crate::graph::Float;
use crate::optim::optimiser::Optimiser;
use crate::optim::wrong::Range;
use cotangent_macros::graph;

/// Gradient descent: `p ← p - rate g`.
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

/// Gradient descent with momentum: `m ← kept m + g`, `p ← p - rate m`. `kept` is at least 0 and below 1, mostly 0.9.
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
    Optimiser::new(rate, &rule).demand("momentum", kept, Range::BelowOne)
}

/// Gradient descent with the momentum of Nesterov, which looks one step ahead: `m ← kept m + g`, `p ← p - rate (g + kept m)`.
///
/// Source: Sutskever, Martens, Dahl and Hinton, *On the importance of initialization and momentum in deep learning* (2013), as in
/// PyTorch.
///
/// ```
/// use cotangent::optim::nesterov;
/// use cotangent::prelude::*;
/// let mut trainer = graph!(|x: []| x).trainer(&nesterov(1.0, 0.5), &Tensor::scalar(0.0));
/// trainer.step(());
/// assert_eq!(trainer.parameters().item(), -1.5);
/// ```
pub fn nesterov<A: Float>(rate: A, kept: f64) -> Optimiser<A> {
    let rule = graph!(|p: [], g: [], m: []; rate: []| {
        let m = { kept } * m + g;
        (p - rate * (g + { kept } * m), m)
    });
    Optimiser::new(rate, &rule).demand("momentum", kept, Range::BelowOne)
}
