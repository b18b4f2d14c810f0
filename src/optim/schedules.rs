//! The schedules of the field, as functions.

use super::plateau::Plateau;
use super::schedule::{Curve, Schedule};

/// The same factor at every update.
pub fn constant_factor(factor: f64) -> Schedule {
    Schedule::Constant(factor)
}

/// The factor once every so many updates: 1, then `factor`, then its square.
pub fn step_decay(every: usize, factor: f64) -> Schedule {
    Schedule::Steps { every, factor }
}

/// From `from` to `to` along a line, in so many updates.
pub fn linear(from: f64, to: f64, updates: usize) -> Schedule {
    let curve = Curve::Line;
    Schedule::Ramp {
        from,
        to,
        updates,
        curve,
    }
}

/// Up to 1 along a line: `1 / updates` at the first update, so that it is not lost, and 1 at the last.
pub fn warm_up(updates: usize) -> Schedule {
    let steps = updates.saturating_sub(1);
    linear(1.0 / updates as f64, 1.0, steps).for_updates(updates)
}

/// From 1 to `last` along half a wave: `last + (1 - last) (1 + cos(π n / updates)) / 2`.
///
/// Source: Loshchilov and Hutter, *SGDR: Stochastic Gradient Descent with Warm Restarts* (2017).
pub fn cosine(updates: usize, last: f64) -> Schedule {
    half_wave(1.0, last, updates)
}

/// Up from 1/25 to 1 in the first 30% of the updates, and down to 1/250,000 in the others, each along half a wave.
///
/// Source: Smith and Topin, *Super-Convergence* (2018), with the numbers of PyTorch and Optax.
///
/// ```
/// use cotangent::optim::one_cycle;
/// let schedule = one_cycle(100);
/// let factors = [0, 30, 100].map(|n| schedule.factor(n));
/// assert_eq!(factors, [1.0 / 25.0, 1.0, 1.0 / 250_000.0]);
/// ```
pub fn one_cycle(updates: usize) -> Schedule {
    let rising = (0.3 * updates as f64) as usize;
    half_wave(1.0 / 25.0, 1.0, rising).then(half_wave(1.0, 1.0 / 250_000.0, updates - rising))
}

/// Times `factor` when the [reported](super::Trainer::report) measure was no new least one, by a factor of 0.9999, in more than
/// `patience` reports. [`Plateau`] has the other settings.
///
/// Source: `ReduceLROnPlateau` of PyTorch.
///
/// ```
/// use cotangent::optim::{plateau, sgd};
/// use cotangent::prelude::*;
/// let mut trainer = graph!(|x: []| x).trainer(&sgd(1.0).schedule(plateau(0.5, 1)), &Tensor::scalar(0.0));
/// for measure in [3.0, 2.0, 2.0, 2.0] {
///     trainer.step(());
///     trainer.report(measure);
/// }
/// trainer.step(());
/// assert_eq!(trainer.parameters().item(), -4.5);
/// ```
pub fn plateau(factor: f64, patience: usize) -> Schedule {
    Schedule::Plateau(Plateau {
        factor,
        patience,
        ..Plateau::default()
    })
}

fn half_wave(from: f64, to: f64, updates: usize) -> Schedule {
    let curve = Curve::Cosine;
    Schedule::Ramp {
        from,
        to,
        updates,
        curve,
    }
}
