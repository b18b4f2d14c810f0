//! The two-element semiring.

use super::{Kernels, Sample, Semiring, SemiringScalar};
use core::fmt;
use core::ops::{Add, Mul};
use num_traits::{One, Zero};

/// A truth value: `+` is or, `*` is and, zero is false and one is true. The smallest semiring; it has no negation.
///
/// A matrix product over it composes relations. Which nodes reach which in exactly two steps, and in at most two:
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::Boolean;
/// let two_steps = graph!(|edges: [3, 3]| matmul(edges, edges));
/// let up_to_two = graph!(|edges: [3, 3]| edges + matmul(edges, edges));
/// let [no, yes] = [false, true].map(Boolean::from);
/// // 0 -> 1 -> 2
/// let edges = tlist![Tensor::from([[no, yes, no], [no, no, yes], [no, no, no]])];
/// let expected = Tensor::from([[no, no, yes], [no, no, no], [no, no, no]]);
/// assert_eq!(two_steps.value(&edges, ()), expected);
/// let expected = Tensor::from([[no, yes, yes], [no, no, yes], [no, no, no]]);
/// assert_eq!(up_to_two.value(&edges, ()), expected);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Boolean(bool);

impl Boolean {
    /// The truth value.
    pub const fn value(self) -> bool {
        self.0
    }
}

impl From<bool> for Boolean {
    fn from(value: bool) -> Self {
        Boolean(value)
    }
}

impl fmt::Display for Boolean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Add for Boolean {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Boolean(self.0 || other.0)
    }
}

impl Mul for Boolean {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Boolean(self.0 && other.0)
    }
}

impl Zero for Boolean {
    fn zero() -> Self {
        Boolean(false)
    }
    fn is_zero(&self) -> bool {
        !self.0
    }
}

impl One for Boolean {
    fn one() -> Self {
        Boolean(true)
    }
}

#[diagnostic::do_not_recommend]
impl Semiring for Boolean {
    const EXACT: bool = true;
    fn kernels() -> &'static dyn Kernels<Self> {
        &SemiringScalar
    }
}

impl Sample for Boolean {
    /// True or false. Zero is drawn too, unlike for other scalars: a law tried on `true` alone would say nothing.
    fn sample(rng: &mut fastrand::Rng) -> Self {
        Boolean(rng.bool())
    }
    /// True.
    fn sample_positive(_rng: &mut fastrand::Rng) -> Self {
        Boolean(true)
    }
}
