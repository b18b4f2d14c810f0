//! The field, and what arithmetic makes of exponentials that are known.

use super::chain::{LEVELS, PRIMES, Residues, small};
use super::oracle::{Exponential, Oracle};
use crate::prove::conditions::{self, Condition, Demand};
use crate::scalar::modular_arithmetic;
use core::ops::{Add, Div, Mul, Neg, Sub};
use num_traits::{One, Zero};

impl Oracle {
    /// `1 / self`; [`Oracle::UNDEFINED`] for 0.
    ///
    /// ```
    /// use cotangent::prove::Oracle;
    /// assert_eq!(Oracle::from(3).recip() * Oracle::from(3), Oracle::from(1));
    /// ```
    #[must_use]
    pub fn recip(&self) -> Self {
        conditions::demand(Condition::Arguments(Demand::NotZero, "recip"));
        if self.value[0] == Some(0) {
            conditions::undefined(|| "`recip` of 0".to_owned());
        }
        Oracle {
            value: core::array::from_fn(|level| {
                modular_arithmetic::inverse(self.value[level]?, PRIMES[level])
            }),
            exp: self.multiple(None),
        }
    }

    /// A function of each pair of residues and their prime; undefined where one of them is.
    fn zip(x: Residues, y: Residues, f: fn(u64, u64, u64) -> u64) -> Residues {
        core::array::from_fn(|level| Some(f(x[level]?, y[level]?, PRIMES[level])))
    }

    /// The small integer that it is, if it is one at each prime.
    pub(super) fn as_integer(&self) -> Option<i64> {
        let n = small(self.value[0]?)?;
        let mut residues = self.value.iter().zip(PRIMES);
        let same = residues.all(|(x, p)| x.is_none_or(|x| x == modular_arithmetic::integer(n, p)));
        (same && matches!(self.exp, Exponential::Power)).then_some(n)
    }

    /// The exponential of `n * self`, if that of `self` is not a power of the base.
    fn multiple(&self, n: Option<i64>) -> Exponential {
        match (self.exp, n) {
            (Exponential::Power, _) | (_, Some(0)) => Exponential::Power,
            (_, None) => Exponential::Known([None; LEVELS]),
            (Exponential::Known(image), Some(n)) => {
                Exponential::Known(core::array::from_fn(|level| {
                    let power =
                        modular_arithmetic::pow(image[level]?, n.unsigned_abs(), PRIMES[level]);
                    if n < 0 {
                        modular_arithmetic::inverse(power, PRIMES[level])
                    } else {
                        Some(power)
                    }
                }))
            }
        }
    }
}

impl Add for Oracle {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let exp = match (self.exp, other.exp) {
            (Exponential::Power, Exponential::Power) => Exponential::Power,
            _ => Exponential::Known(Self::zip(
                self.image(),
                other.image(),
                modular_arithmetic::mul,
            )),
        };
        Oracle {
            value: Self::zip(self.value, other.value, modular_arithmetic::add),
            exp,
        }
    }
}

impl Neg for Oracle {
    type Output = Self;
    fn neg(self) -> Self {
        Oracle {
            value: core::array::from_fn(|level| {
                Some(modular_arithmetic::neg(self.value[level]?, PRIMES[level]))
            }),
            exp: self.multiple(Some(-1)),
        }
    }
}

impl Sub for Oracle {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Oracle {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let exp = match (self.exp, other.exp) {
            (Exponential::Power, Exponential::Power) => Exponential::Power,
            (Exponential::Known(_), _) => self.multiple(other.as_integer()),
            (_, Exponential::Known(_)) => other.multiple(self.as_integer()),
        };
        Oracle {
            value: Self::zip(self.value, other.value, modular_arithmetic::mul),
            exp,
        }
    }
}

impl Div for Oracle {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        Mul::mul(self, other.recip())
    }
}

impl Zero for Oracle {
    fn zero() -> Self {
        Self::from(0)
    }
    fn is_zero(&self) -> bool {
        self.value() == Some(0)
    }
}

impl One for Oracle {
    fn one() -> Self {
        Self::from(1)
    }
}
