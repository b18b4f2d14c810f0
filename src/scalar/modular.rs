//! Integers modulo a large prime: an exact field whose numbers do not grow.

use super::{Field, FieldScalar, Kernels, Literal, Ring, Sample, Semiring, modular_arithmetic};
use core::fmt;
use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};
use num_traits::{Inv, One, Pow, Zero};

/// An integer modulo the prime 2^61 − 1: a field, exact and of fixed size.
///
/// An equation between graphs of field operations that fails over the rationals fails here at a random point, except
/// with probability at most `d / p` for degree `d` (Schwartz and Zippel) or if its coefficients share the factor
/// `p`. Rationals that grow with each operation decide the same at a much higher price.
///
/// Division by zero panics, as it does for integers; [`Modular::checked_recip`] does not.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::Modular;
/// let third = Modular::from(1u64) / Modular::from(3u64);
/// assert_eq!(third + third + third, Modular::from(1u64));
/// assert_eq!(Modular::from(-1i64).value(), Modular::PRIME - 1);
///
/// let g = graph!(|x: [2], y: [2]| sum(x / y));
/// let [a, b] = [5, 7].map(|n| Modular::from(n as u64));
/// let x = tlist![Tensor::from([a, b]), Tensor::from([b, a])];
/// let (_, tlist![_, dy]) = g.value_and_vjp(&x, ());
/// assert_eq!(dy[[0]] * b * b, -a);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Modular(u64);

impl Modular {
    /// The modulus, 2^61 − 1: the ninth Mersenne prime.
    ///
    /// ```
    /// use cotangent::scalar::Modular;
    /// assert_eq!(Modular::PRIME, 2_305_843_009_213_693_951);
    /// ```
    pub const PRIME: u64 = (1 << 61) - 1;

    /// The residue: from 0 to `PRIME - 1`.
    ///
    /// ```
    /// use cotangent::scalar::Modular;
    /// assert_eq!(Modular::from(Modular::PRIME + 3).value(), 3);
    /// ```
    pub const fn value(self) -> u64 {
        self.0
    }

    /// `self` to the power of `n`; to the power of 0 it is 1.
    ///
    /// ```
    /// use cotangent::scalar::Modular;
    /// assert_eq!(Modular::from(2u64).pow(61), Modular::from(1u64));
    /// ```
    pub const fn pow(self, n: u64) -> Self {
        Modular(modular_arithmetic::pow(self.0, n, Self::PRIME))
    }

    /// `1 / self`, unless `self` is zero.
    ///
    /// ```
    /// use cotangent::scalar::Modular;
    /// let half = Modular::from(2u64).checked_recip();
    /// assert_eq!(half, Some(Modular::from(1u64 << 60)));
    /// assert_eq!(Modular::from(0u64).checked_recip(), None);
    /// ```
    pub const fn checked_recip(self) -> Option<Self> {
        match modular_arithmetic::inverse(self.0, Self::PRIME) {
            Some(inverse) => Some(Modular(inverse)),
            None => None,
        }
    }
}

impl From<u64> for Modular {
    fn from(n: u64) -> Self {
        Modular(n % Self::PRIME)
    }
}

impl From<i64> for Modular {
    fn from(n: i64) -> Self {
        Modular(modular_arithmetic::integer(n, Self::PRIME))
    }
}

impl fmt::Display for Modular {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Add for Modular {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Modular(modular_arithmetic::add(self.0, other.0, Self::PRIME))
    }
}

impl Neg for Modular {
    type Output = Self;
    fn neg(self) -> Self {
        Modular(modular_arithmetic::neg(self.0, Self::PRIME))
    }
}

impl Sub for Modular {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Modular {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        // 2^61 is 1 modulo the prime, so the upper bits of the product are added to the lower ones: no division.
        let product = u128::from(self.0) * u128::from(other.0);
        let (upper, lower) = ((product >> 61) as u64, product as u64 & Self::PRIME);
        Modular(modular_arithmetic::add(upper, lower, Self::PRIME))
    }
}

impl Div for Modular {
    type Output = Self;
    /// # Panics
    /// If `other` is zero.
    #[track_caller]
    fn div(self, other: Self) -> Self {
        match other.checked_recip() {
            Some(recip) => Mul::mul(self, recip),
            None => panic!("division by zero modulo {}", Self::PRIME),
        }
    }
}

impl Inv for Modular {
    type Output = Self;
    /// # Panics
    /// If `self` is zero.
    #[track_caller]
    fn inv(self) -> Self {
        Self::one() / self
    }
}

impl Pow<u64> for Modular {
    type Output = Self;
    fn pow(self, n: u64) -> Self {
        Modular::pow(self, n)
    }
}

macro_rules! assign {
    ($($Trait:ident $method:ident $op:tt;)*) => {$(
        impl $Trait for Modular {
            #[track_caller]
            fn $method(&mut self, other: Self) {
                *self = *self $op other;
            }
        }
    )*};
}

assign! {
    AddAssign add_assign +;
    SubAssign sub_assign -;
    MulAssign mul_assign *;
    DivAssign div_assign /;
}

impl Zero for Modular {
    fn zero() -> Self {
        Modular(0)
    }
    fn is_zero(&self) -> bool {
        self.0 == 0
    }
}

impl One for Modular {
    fn one() -> Self {
        Modular(1)
    }
}

impl core::iter::Sum for Modular {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.fold(Self::zero(), Add::add)
    }
}

impl core::iter::Product for Modular {
    fn product<I: Iterator<Item = Self>>(factors: I) -> Self {
        factors.fold(Self::one(), Mul::mul)
    }
}

#[diagnostic::do_not_recommend]
impl Semiring for Modular {
    const EXACT: bool = true;
    fn kernels() -> &'static dyn Kernels<Self> {
        &FieldScalar
    }
}

#[diagnostic::do_not_recommend]
impl Ring for Modular {}

#[diagnostic::do_not_recommend]
impl Field for Modular {
    /// A ratio is `n` divided by `d`; a double is the rational that it is.
    ///
    /// What has no residue becomes 0: infinities, NaN, and a ratio whose denominator is a multiple of the prime.
    fn from_literal(literal: Literal) -> Self {
        Modular(modular_arithmetic::literal(literal, Self::PRIME).unwrap_or(0))
    }
    fn is_divisor(&self) -> bool {
        self.0 != 0
    }
}

impl Sample for Modular {
    /// Any residue but 0, each as likely as the others.
    fn sample(rng: &mut fastrand::Rng) -> Self {
        Modular(rng.u64(1..Self::PRIME))
    }
    /// As [`Sample::sample`]: a residue has no sign.
    fn sample_positive(rng: &mut fastrand::Rng) -> Self {
        Self::sample(rng)
    }
}
