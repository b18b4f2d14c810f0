//! Draws of a generator, in double precision.

use core::f64::consts::TAU;
use core::ops::Range;
use fastrand::Rng;

/// `start + (end - start) u`, for a uniform `u` in `[0, 1)`.
pub(super) fn uniform(range: &Range<f64>, rng: &mut Rng) -> f64 {
    range.start + (range.end - range.start) * rng.f64()
}

/// `mean + deviation √(-2 ln u) cos 2πv`, for uniform `u` in `(0, 1]` and `v` in `[0, 1)`.
///
/// Source: Box and Muller, *A Note on the Generation of Random Normal Deviates* (1958). Its second number, with `sin`, is not
/// kept: a draw depends on nothing but the state of the generator.
pub(super) fn normal(mean: f64, deviation: f64, rng: &mut Rng) -> f64 {
    let (u, v) = (1.0 - rng.f64(), rng.f64());
    // From `libm`, so that a seed gives the same numbers on every machine.
    mean + deviation * libm::sqrt(-2.0 * libm::log(u)) * libm::cos(TAU * v)
}
