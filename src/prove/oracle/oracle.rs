//! The type of oracles.

use super::chain::{BASES, LEVELS, PRIMES, Residues, small};
use crate::prove::conditions;
use crate::prove::draws::{self, Comparand};
use crate::prove::term::Coefficient;
use crate::scalar::{
    Agreement, Comparison, Field, Kernels, Literal, OrderedField, RealScalar, Ring, Sample,
    Semiring, modular_arithmetic,
};
use core::cmp::Ordering;
use core::fmt;

/// A number of a prime field in which each function is a random one. Two graphs that agree at a random point over it
/// are equal up to what holds in every field and for every function, except with negligible probability.
///
/// Equations between rational expressions are tested by the lemma of Schwartz and Zippel. A function (`tanh`, `relu`,
/// `sqrt`, the largest of a set) is an *oracle*: a hash of its name and its arguments. Equal arguments give equal
/// values, others give values that have nothing to do with each other. So an equation that needs a property of a
/// function (`relu(x) = x * step(x)`, `sqrt(x) * sqrt(x) = x`, `log(x * y) = log(x) + log(y)`) fails here though it
/// holds over the reals. These hold:
///
/// - the laws of a field; the reciprocal of 0 is [`Oracle::UNDEFINED`], which is what every operation makes of it;
/// - `exp(x + y) = exp(x) * exp(y)`, and `exp(log(x)) = x`, also within sums: `exp(y - log(x)) = exp(y) / x`;
/// - `largest` does not depend on the order of its arguments, nor on repetitions;
/// - `select(c, x, y) = y + step(c) * (x - y)`, and one of the two for a small integer `c`;
/// - what is compared and is no literal or small integer stands for a number that is drawn, as over
///   [terms](crate::prove::term#comparisons).
///
/// Where these rules do not give the exponential of something, it is undefined. That is so past four exponentials
/// within each other, and for a logarithm times anything but an integer.
///
/// # How the exponential is one
///
/// No function but a constant turns sums of one prime field into products of the same field. So a value is a list of
/// residues for a chain of primes, each computed by the same operations, and the exponential at one prime is a power of
/// a fixed base whose exponent is the residue at the next: its order is that prime. The last prime has no next, so each
/// exponential loses one residue from the end. The value proper, which is compared and shown, is the first.
///
/// A logarithm would have to be an exponent that nobody can compute. It is an oracle instead, and the value carries
/// along what its exponential is.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::prove::Oracle;
/// use cotangent::scalar::Sample;
/// // Softmax of x, and of x minus any number: equal for all x and c.
/// let plain = graph!(|x: [3], c: []| exp(x) / sum(exp(x)));
/// let shifted = graph!(|x: [3], c: []| exp(x - c) / sum(exp(x - c)));
/// let rng = &mut fastrand::Rng::with_seed(1);
/// let x = Tensor::<Oracle, shape![3]>::from_fn(|_| Oracle::sample(rng));
/// let inputs = tlist![x, Tensor::scalar(Oracle::sample(rng))];
/// assert_eq!(plain.value(&inputs, ()), shifted.value(&inputs, ()));
/// // The sum of exponentials is not the exponential of the sum.
/// let other = graph!(|x: [3], c: []| exp(x) / exp(sum(x)));
/// assert_ne!(plain.value(&inputs, ()), other.value(&inputs, ()));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Oracle {
    pub(super) value: Residues,
    pub(super) exp: Exponential,
}

/// What the exponential of a value is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Exponential {
    /// The power of the base.
    Power,
    /// The value is a sum of logarithms and others, and this is its exponential as far as it is known.
    Known(Residues),
}

impl Oracle {
    /// The prime of the values: the first of a chain in which each is twice the next and 1. It is just below 2^61.
    ///
    /// ```
    /// use cotangent::prove::Oracle;
    /// assert_eq!(Oracle::PRIME, 2_305_843_009_188_546_239);
    /// ```
    pub const PRIME: u64 = PRIMES[0];

    /// The reciprocal of 0 and the like. It is not equal to itself, as NaN.
    ///
    /// ```
    /// use cotangent::prove::Oracle;
    /// let nothing = Oracle::from(1) / Oracle::from(0);
    /// assert_eq!((nothing.value(), Oracle::UNDEFINED.value()), (None, None));
    /// assert!(nothing != nothing);
    /// ```
    pub const UNDEFINED: Self = Oracle::new([None; LEVELS]);

    pub(super) const fn new(value: Residues) -> Self {
        Oracle {
            value,
            exp: Exponential::Power,
        }
    }

    /// The residue modulo the first prime; none if undefined.
    ///
    /// ```
    /// use cotangent::prove::Oracle;
    /// assert_eq!(Oracle::from(3).value(), Some(3));
    /// ```
    pub const fn value(self) -> Option<u64> {
        self.value[0]
    }

    /// The small integer or the literal whose residue it is, or else what stands for a number that is drawn: the same for
    /// equal residues.
    fn comparand(&self) -> Option<Comparand> {
        let residue = self.value()?;
        Some(match small(residue) {
            Some(n) => Comparand::Known(Coefficient::ratio(n, 1)),
            None => draws::literal_or_drawn(residue),
        })
    }

    /// The exponential as residues.
    pub(super) fn image(&self) -> Residues {
        match self.exp {
            Exponential::Known(image) => image,
            Exponential::Power => core::array::from_fn(|level| {
                let exponent = *self.value.get(level + 1)?;
                Some(modular_arithmetic::pow(
                    BASES[level],
                    exponent?,
                    PRIMES[level],
                ))
            }),
        }
    }
}

impl From<i64> for Oracle {
    fn from(n: i64) -> Self {
        Self::new(PRIMES.map(|p| Some(modular_arithmetic::integer(n, p))))
    }
}

impl fmt::Display for Oracle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value() {
            Some(value) => value.fmt(f),
            // Not `pad`, which would cut it to the precision.
            None => write!(f, "{:>1$}", "undefined", f.width().unwrap_or(0)),
        }
    }
}

impl PartialEq for Oracle {
    fn eq(&self, other: &Self) -> bool {
        self.value().is_some() && self.value() == other.value()
    }
}

/// Equal or nothing: residues have no order.
impl PartialOrd for Oracle {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self == other).then_some(Ordering::Equal)
    }
}

#[diagnostic::do_not_recommend]
impl Semiring for Oracle {
    const EXACT: bool = true;
    fn kernels() -> &'static dyn Kernels<Self> {
        &RealScalar
    }
}

#[diagnostic::do_not_recommend]
impl Ring for Oracle {}

#[diagnostic::do_not_recommend]
impl Field for Oracle {
    /// A ratio is `n` divided by `d`; a double is the rational that it is; infinities and NaN are undefined.
    fn from_literal(literal: Literal) -> Self {
        match modular_arithmetic::literal(literal, PRIMES[0]) {
            Some(residue) => draws::note_literal(residue, PRIMES[0], literal),
            None => conditions::undefined(|| format!("the literal {literal}")),
        }
        Self::new(PRIMES.map(|p| modular_arithmetic::literal(literal, p)))
    }
}

#[diagnostic::do_not_recommend]
impl OrderedField for Oracle {
    fn relu(&self) -> Self {
        Oracle::relu(self)
    }
    fn step(&self) -> Self {
        Oracle::step(self)
    }
    fn largest(first: &Self, rest: &[&Self]) -> Self {
        Oracle::largest(first, rest)
    }
    fn select(c: &Self, x: &Self, y: &Self) -> Self {
        Oracle::select(c, x, y)
    }
    /// Small integers and literals compare. For another value a number is drawn; nothing is decided of undefined ones.
    fn compare(f: Comparison, x: &Self, y: &Self) -> Option<bool> {
        let order = draws::order(&x.comparand()?, &y.comparand()?);
        Some(f.holds(Some(order)))
    }
    fn argmax(first: &Self, rest: &[&Self]) -> Option<usize> {
        let all = core::iter::once(&first).chain(rest);
        let all: Option<Vec<_>> = all.map(|x| x.comparand()).collect();
        Some(draws::largest(&all?))
    }
}

impl Sample for Oracle {
    /// Random residues but 0.
    fn sample(rng: &mut fastrand::Rng) -> Self {
        Self::new(PRIMES.map(|p| Some(rng.u64(1..p))))
    }
    /// As [`Sample::sample`]: a residue has no sign.
    fn sample_positive(rng: &mut fastrand::Rng) -> Self {
        Self::sample(rng)
    }
    fn agreement(&self, other: &Self) -> Agreement {
        if self.value().is_none() || other.value().is_none() {
            Agreement::Undefined
        } else if self == other {
            Agreement::Equal
        } else {
            Agreement::Differ
        }
    }
}
