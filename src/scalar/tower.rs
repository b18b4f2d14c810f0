//! Scalars by what they can do: semirings, rings, fields, ordered fields, real scalars.

use super::{Comparison, Kernels, Literal, Precision, Unary, sums};
use core::fmt::{Debug, Display};
use core::ops::{Div, Neg, Sub};
use num_traits::{One, Zero};

/// A commutative semiring: `0`, `1`, `+`, `*`, with the usual laws (floats: up to rounding).
///
/// A scalar of your own implements this, the levels above that it has, and says in [`Semiring::kernels`] which
/// is the highest.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::{Level, MinPlus, Precision};
/// // Code for every scalar.
/// fn describe<A: Semiring>() -> (bool, Level) {
///     (A::EXACT, A::kernels().level())
/// }
/// assert_eq!(describe::<f64>(), (false, Level::Real));
/// assert_eq!(describe::<MinPlus>(), (true, Level::Semiring));
/// assert_eq!(0.1.rounded(Precision::Single), f64::from(0.1_f32));
/// // A row times a column: 1 · 3 + 2 · 4.
/// assert_eq!(f64::matmul(&[1.0, 2.0], &[3.0, 4.0], [1, 2, 1], false, false), [11.0]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a scalar",
    label = "tensors hold scalars such as `f32`, `f64` or `BigRational`; docs/errors.md#s01"
)]
pub trait Semiring:
    Clone + Debug + Display + PartialEq + Zero + One + Send + Sync + Sized + 'static
{
    /// The table of what this scalar can do, which is its level: `&`[`SemiringScalar`](super::SemiringScalar),
    /// `&`[`RingScalar`](super::RingScalar), `&`[`FieldScalar`](super::FieldScalar),
    /// `&`[`OrderedFieldScalar`](super::OrderedFieldScalar) or `&`[`RealScalar`](super::RealScalar). Each demands its
    /// trait, so the table cannot promise too much.
    fn kernels() -> &'static dyn Kernels<Self>;

    /// Whether equations between scalars of this type hold exactly, without rounding.
    const EXACT: bool;

    /// The matrix product of `a` (`m` by `k`, or transposed) and `b` (`k` by `n`, or transposed), row major.
    ///
    /// `ta` says that `a` is stored `k` by `m`, `tb` that `b` is stored `n` by `k`.
    fn matmul(a: &[Self], b: &[Self], sizes: [usize; 3], ta: bool, tb: bool) -> Vec<Self> {
        sums::matmul(a, b, sizes, ta, tb)
    }

    /// The nearest number of this precision. Scalars that do not round, and those that are no more precise, stay what they
    /// are, which is the default.
    fn rounded(&self, _precision: Precision) -> Self {
        self.clone()
    }
}

/// A commutative ring: a semiring with negation.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::Modular;
/// fn distance<A: Ring>(x: A, y: A) -> A {
///     let d = x - y;
///     d.clone() * d
/// }
/// assert_eq!(distance(1.0, 4.0), 9.0);
/// assert_eq!(distance(Modular::from(1u64), Modular::from(4u64)), Modular::from(9u64));
/// ```
#[diagnostic::on_unimplemented(
    message = "this needs subtraction: a ring, and `{Self}` is not one",
    label = "no subtraction over `{Self}`; docs/errors.md#s01"
)]
pub trait Ring: Semiring + Neg<Output = Self> + Sub<Output = Self> {}

/// A field: a ring with division.
///
/// Division by zero is what the scalar makes of it: infinities and NaN over floats; over exact rationals, which have
/// neither, `/` panics, as it does for integers in Rust. Programs ask [`Field::is_divisor`] first: a run returns
/// [`ProgramError::Division`](crate::program::ProgramError::Division), and a graph panics with its words.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::Literal;
/// use num_rational::BigRational;
/// fn mean<A: Field>(x: A, y: A) -> A {
///     (x + y) * A::from_literal(Literal::ratio(1, 2))
/// }
/// assert_eq!(mean(1.0, 2.0), 1.5);
/// let rational = |n: i64, d: i64| BigRational::new(n.into(), d.into());
/// assert_eq!(mean(rational(1, 3), rational(1, 2)), rational(5, 12));
/// ```
#[diagnostic::on_unimplemented(
    message = "this needs division: a field, and `{Self}` is not one",
    label = "no division over `{Self}`; docs/errors.md#s01"
)]
pub trait Field: Ring + Div<Output = Self> {
    /// The value of a literal, exact where the scalar can hold it.
    fn from_literal(literal: Literal) -> Self;

    /// Whether something can be divided by it. A scalar whose `/` panics for some divisors says which.
    fn is_divisor(&self) -> bool {
        true
    }

    /// `numerator / 2^52`, for a numerator below 2^52, in no case rounded up to 1: what a random number from 0 up to 1 is over
    /// this scalar. Of a scalar with fewer digits the rest is cut off.
    ///
    /// ```
    /// use cotangent::scalar::Field;
    /// let almost = (1 << 52) - 1;
    /// assert_eq!(f64::fraction(almost), 1.0 - f64::EPSILON);
    /// assert_eq!(f32::fraction(almost), 1.0 - f32::EPSILON);
    /// ```
    fn fraction(numerator: u64) -> Self {
        // Below 2^52, so it fits.
        Self::from_literal(Literal::ratio(numerator.cast_signed(), 1 << 52))
    }
}

/// An ordered field: a field with comparison. `relu` needs it.
#[diagnostic::on_unimplemented(
    message = "this needs comparison, as relu and max do: an ordered field, and `{Self}` is not one",
    label = "no comparison over `{Self}`; docs/errors.md#s01"
)]
///
/// The methods have their values by comparison. A scalar without a total order, such as an interval, says its own.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::Comparison;
/// fn clip<A: OrderedField>(x: A) -> A {
///     A::select(&x, &x.relu(), &A::zero()) // 0 where x is not above 0
/// }
/// assert_eq!((clip(-2.0), clip(3.0)), (0.0, 3.0));
/// assert_eq!(3.0.step(), 1.0);
/// assert_eq!(f64::largest(&1.0, &[&3.0, &2.0]), 3.0);
/// assert_eq!(f64::argmax(&1.0, &[&3.0, &3.0]), Some(1));
/// assert_eq!(f64::compare(Comparison::Less, &1.0, &3.0), Some(true));
/// ```
pub trait OrderedField: Field + PartialOrd {
    /// `max(x, 0)`; NaN stays NaN.
    fn relu(&self) -> Self {
        if *self < Self::zero() {
            Self::zero()
        } else {
            self.clone()
        }
    }
    /// `1` where `x > 0`, else `0`.
    fn step(&self) -> Self {
        if *self > Self::zero() {
            Self::one()
        } else {
            Self::zero()
        }
    }
    /// The largest of some scalars; what does not compare to itself (NaN) wins.
    fn largest(first: &Self, rest: &[&Self]) -> Self {
        let nan = |x: &Self| x.partial_cmp(x).is_none();
        let mut best = first;
        for &x in rest {
            if !(nan(best) || (*best >= *x && !nan(x))) {
                best = x;
            }
        }
        best.clone()
    }
    /// `x` where `c > 0`, else `y`.
    fn select(c: &Self, x: &Self, y: &Self) -> Self {
        if *c > Self::zero() {
            x.clone()
        } else {
            y.clone()
        }
    }
    /// Whether `x` and `y` compare so; `None` where the scalar cannot decide. By its order what is unordered does not, such
    /// as NaN and a number.
    fn compare(f: Comparison, x: &Self, y: &Self) -> Option<bool> {
        Some(f.holds(x.partial_cmp(y)))
    }
    /// The place of the first of the largest, where `first` has place 0; `None` where the scalar cannot decide. What does not
    /// compare to itself (NaN) wins.
    fn argmax(first: &Self, rest: &[&Self]) -> Option<usize> {
        let nan = |x: &Self| x.partial_cmp(x).is_none();
        let (mut place, mut best) = (0, first);
        for (i, &x) in rest.iter().enumerate() {
            if !nan(best) && (nan(x) || *x > *best) {
                (place, best) = (i + 1, x);
            }
        }
        Some(place)
    }
}

/// A real scalar: an ordered field with exp, log and their relatives.
///
/// ```
/// use cotangent::prelude::*;
/// // `tanh` by `sigmoid`, over any real scalar.
/// fn tanh_by_sigmoid<A: Real>(x: A) -> A {
///     (x.clone() + x).sigmoid() * (A::one() + A::one()) - A::one()
/// }
/// let x = 0.7_f64;
/// assert!((tanh_by_sigmoid(x) - Real::tanh(&x)).abs() < 1e-12);
/// assert!((Real::pow(&x, &0.5) - Real::sqrt(&x)).abs() < 1e-12);
/// assert!((Real::exp(&Real::log(&x)) - x).abs() < 1e-12);
/// ```
#[diagnostic::on_unimplemented(
    message = "this needs exp, log, tanh or the like: a real scalar, and `{Self}` is not one",
    label = "a graph of less says so, `where A: Field`; docs/errors.md#s01"
)]
pub trait Real: OrderedField {
    /// e to the power of `self`.
    fn exp(&self) -> Self;
    /// The natural logarithm.
    fn log(&self) -> Self;
    /// The hyperbolic tangent.
    fn tanh(&self) -> Self;
    /// `1 / (1 + exp(-self))`, finite for all inputs.
    fn sigmoid(&self) -> Self;
    /// The square root.
    fn sqrt(&self) -> Self;
    /// `self` to the power of `exponent`.
    fn pow(&self, exponent: &Self) -> Self;
    /// A function of real numbers that has no method above. `None`, which is the default: it is undefined over this scalar.
    ///
    /// A program that runs one over such a scalar returns
    /// [`ProgramError::Undefined`](crate::program::ProgramError::Undefined). So a new function breaks no scalar: it is
    /// undefined there until the scalar says otherwise. The scalars of this crate have all of them.
    ///
    /// ```
    /// use cotangent::scalar::{Real, Unary};
    /// assert_eq!(1.0.function(Unary::Sin), Some(1_f64.sin()));
    /// // In the `impl Real` of a scalar of your own, over its field of type `f64`:
    /// fn function(x: f64, f: Unary) -> Option<f64> {
    ///     match f {
    ///         Unary::Sin => Some(x.sin()),
    ///         _ => None,
    ///     }
    /// }
    /// assert_eq!(function(1.0, Unary::Erf), None);
    /// ```
    fn function(&self, _f: Unary) -> Option<Self> {
        None
    }
}
