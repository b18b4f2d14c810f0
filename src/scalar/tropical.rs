//! The tropical semirings: the algebra of shortest and of longest paths.

use super::{Agreement, Kernels, Sample, Semiring, SemiringScalar};
use core::fmt;
use core::ops::{Add, Mul};
use num_traits::{One, Zero};

/// A double where `+` is the smaller of two and `*` is their sum; zero is +∞ and one is 0. Shortest paths.
///
/// Zero absorbs: `∞ * x` is `∞`, even if `x` is −∞. `x + x` is `x`. There is no negation.
///
/// Sums of doubles round, so `(x * y) * z` and `x * (y * z)` may differ in the last bit, as for floats; no other law
/// is touched. Over integers whose sums stay within ±2^53 nothing rounds, and all laws hold exactly:
/// [`Semiring::EXACT`] is about those, and [`Sample`] draws small integers.
///
/// NaN stays NaN through both operations, so that a mistake upstream shows; laws call it undefined.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::MinPlus;
/// // The shortest way of at most two steps. Each node reaches itself at no cost.
/// let two_steps = graph!(|roads: [3, 3]| matmul(roads, roads));
/// let none = f64::INFINITY;
/// let roads = Tensor::from([[0.0, 4.0, 9.0], [none, 0.0, 3.0], [none, none, 0.0]]).map(|&x| MinPlus::from(x));
/// let shortest = two_steps.value(&roads, ());
/// assert_eq!(shortest[[0, 2]].value(), 7.0);
/// assert_eq!(shortest.to_string(), "[[0, 4, 7],\n [∞, 0, 3],\n [∞, ∞, 0]]");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct MinPlus(f64);

/// A double where `+` is the larger of two and `*` is their sum; zero is −∞ and one is 0. Longest paths, best scores.
///
/// As [`MinPlus`] upside down: `-∞ * x` is `-∞`, even if `x` is +∞; what is said there of rounding and NaN holds here.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::MaxPlus;
/// // The best score of two steps between two states (Viterbi).
/// let two_steps = graph!(|start: [1, 2], step: [2, 2]| matmul(matmul(start, step), step));
/// let start = Tensor::from([[-1.0, -2.0]]).map(|&x| MaxPlus::from(x));
/// let step = Tensor::from([[-1.0, -3.0], [0.0, f64::NEG_INFINITY]]).map(|&x| MaxPlus::from(x));
/// let best = two_steps.value(&tlist![start, step], ());
/// assert_eq!(best.to_string(), "[[-3, -5]]");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct MaxPlus(f64);

macro_rules! tropical {
    ($($T:ident: zero $zero:expr, $wins:tt;)*) => {$(
        impl $T {
            /// The double.
            pub const fn value(self) -> f64 {
                self.0
            }
        }

        impl From<f64> for $T {
            /// Of the two signed zeros it is the positive one: they are one number here.
            fn from(value: f64) -> Self {
                $T(value + 0.0)
            }
        }

        impl fmt::Display for $T {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let infinity = match self.0 {
                    f64::INFINITY => "∞",
                    f64::NEG_INFINITY => "-∞",
                    _ => return self.0.fmt(f),
                };
                // Not `pad`, which would cut it to the precision.
                write!(f, "{infinity:>0$}", f.width().unwrap_or(0))
            }
        }

        impl Add for $T {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                // Written so that NaN stays NaN from both sides.
                if self.0.is_nan() || self.0 $wins other.0 { self } else { other }
            }
        }

        impl Mul for $T {
            type Output = Self;
            fn mul(self, other: Self) -> Self {
                let nan = self.0.is_nan() || other.0.is_nan();
                // The sum of opposite infinities would be NaN, and zero must absorb.
                if !nan && (self.is_zero() || other.is_zero()) {
                    Self::zero()
                } else {
                    $T(self.0 + other.0)
                }
            }
        }

        impl Zero for $T {
            fn zero() -> Self {
                $T($zero)
            }
            fn is_zero(&self) -> bool {
                self.0 == $zero
            }
        }

        impl One for $T {
            fn one() -> Self {
                $T(0.0)
            }
        }

        #[diagnostic::do_not_recommend]
        impl Semiring for $T {
            const EXACT: bool = true;
            fn kernels() -> &'static dyn Kernels<Self> {
                &SemiringScalar
            }
        }

        impl Sample for $T {
            /// An integer from −9 to 9: not the zero of the semiring, and far from where sums round.
            fn sample(rng: &mut fastrand::Rng) -> Self {
                $T::from(f64::from(rng.i32(-9..10)))
            }
            /// An integer from 1 to 9.
            fn sample_positive(rng: &mut fastrand::Rng) -> Self {
                $T::from(f64::from(rng.i32(1..10)))
            }
            fn agreement(&self, other: &Self) -> Agreement {
                if self.0.is_nan() || other.0.is_nan() {
                    Agreement::Undefined
                } else if self == other {
                    Agreement::Equal
                } else {
                    Agreement::Differ
                }
            }
        }
    )*};
}

tropical! {
    MinPlus: zero f64::INFINITY, <;
    MaxPlus: zero f64::NEG_INFINITY, >;
}
