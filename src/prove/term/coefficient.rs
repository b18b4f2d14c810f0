//! Exact rational coefficients, quick while numerator and denominator fit into a machine word.

use crate::scalar::Literal;
use core::cmp::Ordering;
use core::fmt;
use num_bigint::BigInt;
use num_rational::{BigRational, Ratio};
use num_traits::{CheckedAdd, CheckedMul, Signed, ToPrimitive};

/// An exact rational number.
///
/// `Small` whenever it fits, so equal numbers have one representation. `i64::MIN` counts as not fitting: it has no
/// negative.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::prove) enum Coefficient {
    Small(Ratio<i64>),
    Big(Box<BigRational>),
}

use Coefficient::{Big, Small};

impl Coefficient {
    pub(in crate::prove) const ZERO: Self = Small(Ratio::new_raw(0, 1));
    pub(in crate::prove) const ONE: Self = Small(Ratio::new_raw(1, 1));

    /// `n / d`, for a `d` that is not 0.
    pub(in crate::prove) fn ratio(n: i64, d: u64) -> Self {
        BigRational::new(BigInt::from(n), BigInt::from(d)).into()
    }

    /// None for infinities and NaN.
    pub(in crate::prove) fn of_literal(literal: Literal) -> Option<Self> {
        match literal {
            Literal::Ratio(_, 0) => None,
            Literal::Ratio(n, d) => Some(Self::ratio(n, d)),
            Literal::Real(value) => BigRational::from_float(value).map(Self::from),
        }
    }

    pub(super) fn to_big(&self) -> BigRational {
        match self {
            // Reduced, with a positive denominator: it stays as it is.
            Small(q) => BigRational::new_raw(BigInt::from(*q.numer()), BigInt::from(*q.denom())),
            Big(q) => (**q).clone(),
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        matches!(self, Small(q) if *q.numer() == 0)
    }

    pub(super) fn is_one(&self) -> bool {
        *self == Self::ONE
    }

    pub(super) fn is_positive(&self) -> bool {
        match self {
            Small(q) => *q.numer() > 0,
            Big(q) => q.is_positive(),
        }
    }

    /// The numerator, if this is an integer that is small.
    pub(super) fn small_integer(&self) -> Option<i64> {
        match self {
            Small(q) => q.is_integer().then(|| *q.numer()),
            Big(_) => None,
        }
    }

    /// How many machine words this takes, about: what a product with it costs.
    pub(super) fn weight(&self) -> u64 {
        match self {
            Small(_) => 1,
            Big(q) => 1 + (q.numer().bits() + q.denom().bits()) / 64,
        }
    }

    fn small(q: Ratio<i64>) -> Option<Self> {
        (*q.numer() != i64::MIN).then_some(Small(q))
    }

    /// The result in machine words, or else by `big`.
    fn either(
        &self,
        other: &Self,
        integer: impl Fn(i64, i64) -> Option<i64>,
        small: impl Fn(&Ratio<i64>, &Ratio<i64>) -> Option<Ratio<i64>>,
        big: impl Fn(BigRational, BigRational) -> BigRational,
    ) -> Self {
        let quick = match (self, other) {
            (Small(x), Small(y)) if x.is_integer() && y.is_integer() => {
                integer(*x.numer(), *y.numer()).map(Ratio::from)
            }
            (Small(x), Small(y)) => small(x, y),
            _ => None,
        };
        match quick.and_then(Self::small) {
            Some(result) => result,
            None => big(self.to_big(), other.to_big()).into(),
        }
    }

    pub(in crate::prove) fn plus(&self, other: &Self) -> Self {
        self.either(other, i64::checked_add, Ratio::checked_add, |x, y| x + y)
    }

    pub(in crate::prove) fn times(&self, other: &Self) -> Self {
        self.either(other, i64::checked_mul, Ratio::checked_mul, |x, y| x * y)
    }

    pub(in crate::prove) fn negated(&self) -> Self {
        match self {
            Small(q) => Small(-q),
            Big(q) => Coefficient::from(-(**q).clone()),
        }
    }

    /// `1 / self`; `None` for zero.
    pub(super) fn inverted(&self) -> Option<Self> {
        if self.is_zero() {
            return None;
        }
        Some(match self {
            Small(q) => Small(q.recip()),
            Big(q) => q.recip().into(),
        })
    }

    /// Numerator and the reciprocal of the denominator, if the numerator is small.
    pub(super) fn split(&self) -> Option<(i64, Self)> {
        match self {
            Small(q) => Some((*q.numer(), Small(Ratio::new_raw(1, *q.denom())))),
            Big(q) => {
                let numerator = q.numer().to_i64()?;
                let inverse = BigRational::new(1.into(), q.denom().clone());
                Some((numerator, inverse.into()))
            }
        }
    }
}

impl From<BigRational> for Coefficient {
    fn from(q: BigRational) -> Self {
        let small = match (q.numer().to_i64(), q.denom().to_i64()) {
            (Some(n), Some(d)) => Self::small(Ratio::new_raw(n, d)),
            _ => None,
        };
        small.unwrap_or_else(|| Big(Box::new(q)))
    }
}

impl Ord for Coefficient {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Small(x), Small(y)) => x.cmp(y),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl PartialOrd for Coefficient {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Coefficient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Small(q) => q.fmt(f),
            Big(q) => q.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_traits::Zero;
    use proptest::prelude::*;

    /// Numbers around the limits of a machine word.
    fn integers() -> impl Strategy<Value = i64> {
        prop_oneof![
            -5..=5i64,
            Just(i64::MIN),
            i64::MIN..i64::MIN + 3,
            i64::MAX - 3..i64::MAX,
            any::<i64>()
        ]
    }

    fn rationals() -> impl Strategy<Value = BigRational> {
        (integers(), integers()).prop_map(|(n, d)| {
            let d = if d.is_zero() { 1 } else { d };
            BigRational::new(n.into(), d.into())
        })
    }

    proptest! {
        #[test]
        fn is_the_big_arithmetic(x in rationals(), y in rationals()) {
            let [p, q] = [&x, &y].map(|x| Coefficient::from(x.clone()));
            prop_assert_eq!(p.to_big(), x.clone());
            prop_assert_eq!(p.plus(&q), (&x + &y).into());
            prop_assert_eq!(p.times(&q), (&x * &y).into());
            prop_assert_eq!(p.negated(), (-&x).into());
            prop_assert_eq!(p.cmp(&q), x.cmp(&y));
            prop_assert_eq!(p.inverted(), (!x.is_zero()).then(|| x.recip().into()));
            prop_assert_eq!(p.is_positive(), x.is_positive());
            // Back from beyond the limit: one representation.
            prop_assert_eq!(p.plus(&q).plus(&q.negated()), p);
        }
    }
}
