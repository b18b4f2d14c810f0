//! `+`, `-`, `*` and `/` on intervals.

use super::interval::Interval;
use super::rounding::{add_down, add_up, div_down, div_up, mul_down, mul_up};
use core::ops::{Add, Div, Mul, Neg, Sub};
use num_traits::{One, Zero};

impl Add for Interval {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::bounds(add_down(self.lo, other.lo), add_up(self.hi, other.hi))
    }
}

impl Neg for Interval {
    type Output = Self;
    fn neg(self) -> Self {
        Self::bounds(-self.hi, -self.lo)
    }
}

impl Sub for Interval {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

/// The least and greatest of `down` and `up` over the four pairs of bounds.
fn corners(
    x: Interval,
    y: Interval,
    down: fn(f64, f64) -> f64,
    up: fn(f64, f64) -> f64,
) -> Interval {
    let pairs = [(x.lo, y.lo), (x.lo, y.hi), (x.hi, y.lo), (x.hi, y.hi)];
    let lo = pairs.map(|(x, y)| down(x, y)).into_iter();
    let hi = pairs.map(|(x, y)| up(x, y)).into_iter();
    Interval::bounds(
        lo.fold(f64::INFINITY, f64::min),
        hi.fold(f64::NEG_INFINITY, f64::max),
    )
}

impl Mul for Interval {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        corners(self, other, mul_down, mul_up)
    }
}

impl Div for Interval {
    type Output = Self;
    /// A divisor that contains 0 gives [`Interval::WHOLE`].
    fn div(self, other: Self) -> Self {
        if other.lo <= 0.0 && other.hi >= 0.0 {
            Self::WHOLE
        } else {
            corners(self, other, div_down, div_up)
        }
    }
}

impl Zero for Interval {
    fn zero() -> Self {
        Self::from(0.0)
    }
    fn is_zero(&self) -> bool {
        self.point() == Some(0.0)
    }
}

impl One for Interval {
    fn one() -> Self {
        Self::from(1.0)
    }
}
