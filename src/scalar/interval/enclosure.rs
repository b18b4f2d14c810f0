//! What the families of functions make their bounds with.
//!
//! `exp`, `log`, `tanh` and their relatives of the standard library, and `erf` of libm, are widened by 8 doubles on both sides.
//! That contains the true result as long as their error is below 4 units in the last place; it is below 2 in the usual C
//! libraries.

use super::interval::Interval;

/// How many doubles a result of a function such as `exp` is moved outward.
///
/// Rust does not say how exact they are. The assumption is an error below 2 units in the last place, which the usual C
/// libraries keep. A step below a power of two is half a unit, so 8 steps are at least 4 units.
const STEPS: usize = 8;

fn down(x: f64) -> f64 {
    (0..STEPS).fold(x, |x, _| x.next_down())
}

fn up(x: f64) -> f64 {
    (0..STEPS).fold(x, |x, _| x.next_up())
}

/// From the values of a function at both bounds of an interval on which it does not decrease, within its range `[least, greatest]`.
pub(in crate::scalar) fn widened(lo: f64, hi: f64, least: f64, greatest: f64) -> Interval {
    // The true values lie in the range, so its ends are bounds wherever the steps go past them.
    Interval::bounds(
        down(lo).clamp(least, greatest),
        up(hi).clamp(least, greatest),
    )
}

impl Interval {
    /// The value of a function at a point that is an integer, where that is an integer.
    pub(in crate::scalar) fn at_integer(self, f: impl Fn(i64) -> Option<i64>) -> Option<Self> {
        let x = self.point()?;
        // The cast saturates, and then is not equal.
        let n = x as i32;
        let value = f(n.into()).filter(|_| f64::from(n) == x)?;
        Some(Self::integer(value.into()))
    }

    /// Its bounds, moved into a range that the true values lie in.
    pub(in crate::scalar) fn clamped(self, least: f64, greatest: f64) -> Self {
        Self::bounds(
            self.lo().clamp(least, greatest),
            self.hi().clamp(least, greatest),
        )
    }
}
