//! The type of terms.

use super::atom::{Atom, Kind};
use super::coefficient::Coefficient;
use super::monomial::Monomial;
use super::{evaluate, fuel};
use core::cmp::Ordering;
use core::hash::{Hash, Hasher};
use num_rational::BigRational;
use std::sync::Arc;

/// A monomial and its coefficient, which is not zero.
pub(super) type Summand = (Monomial, Coefficient);

/// An element of the free commutative algebra: see [the module](super).
///
/// It is a [`Real`](crate::scalar::Real) scalar, so every graph runs on it. Clones are cheap.
///
/// Two terms are equal if they have the same normal form. [`PartialOrd`] compares only equal terms: nothing is known
/// of the sign of an indeterminate, so all others are unordered. [Undefined](Term::is_undefined) terms are equal to
/// each other; [`Term::agrees_with`] refuses them.
///
/// ```
/// use cotangent::prove::Term;
/// let [x, y] = ["x", "y"].map(Term::indeterminate);
/// assert_eq!(x.clone() * y.clone() - y.clone() * x.clone(), Term::from(0));
/// assert!(x.partial_cmp(&y).is_none());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Term(pub(super) Repr);

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Repr {
    /// What is left when the fuel is used up or an exponent does not fit. It absorbs everything.
    Undefined,
    /// The summands, sorted by monomial, each monomial once.
    Sum(Arc<Vec<Summand>>),
}

impl Term {
    /// The indeterminate of this name. Two indeterminates of one name are equal.
    ///
    /// The name is printed as it is and means nothing else: `x[0,1]` is as good as any.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// assert_eq!(Term::indeterminate("x[0,1]").to_string(), "x[0,1]");
    /// ```
    pub fn indeterminate(name: &str) -> Self {
        Self::of_atom(Atom::new(Kind::Indeterminate(name.into())))
    }

    /// The names of the indeterminates in this term, also those inside of functions; `x2` comes before `x10`.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// let [x, y] = ["x", "y"].map(Term::indeterminate);
    /// assert_eq!((y * (x.clone() + x).exp()).indeterminates(), ["x", "y"]);
    /// ```
    pub fn indeterminates(&self) -> Vec<String> {
        evaluate::indeterminates(self)
    }

    /// Whether this is what is left of a computation that ran out of fuel, or whose exponents did not fit into 64 bits:
    /// see [`with_fuel`](super::with_fuel).
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// assert!(!Term::indeterminate("x").is_undefined());
    /// ```
    pub fn is_undefined(&self) -> bool {
        matches!(self.0, Repr::Undefined)
    }

    /// The value that absorbs everything. `with_fuel` will report it.
    pub(super) fn undefined() -> Self {
        fuel::exhaust();
        Term(Repr::Undefined)
    }

    /// The sum of these: sorted by monomial, each monomial once, no coefficient zero.
    pub(super) fn of_sorted(summands: Vec<Summand>) -> Self {
        debug_assert!(summands.is_sorted_by(|(m, _), (n, _)| m < n));
        Term(Repr::Sum(Arc::new(summands)))
    }

    pub(super) fn of_monomial(monomial: Monomial, coefficient: Coefficient) -> Self {
        if coefficient.is_zero() {
            return Self::of_sorted(Vec::new());
        }
        Self::of_sorted(vec![(monomial, coefficient)])
    }

    pub(super) fn of_atom(atom: Atom) -> Self {
        Self::of_monomial(Monomial::of(atom, 1), Coefficient::ONE)
    }

    pub(super) fn constant(coefficient: Coefficient) -> Self {
        Self::of_monomial(Monomial::one(), coefficient)
    }

    /// The summands; `None` if undefined.
    pub(super) fn summands(&self) -> Option<&[Summand]> {
        match &self.0 {
            Repr::Undefined => None,
            Repr::Sum(summands) => Some(summands),
        }
    }

    /// The number that this is, if it is one.
    pub(super) fn as_constant(&self) -> Option<Coefficient> {
        match self.summands()? {
            [] => Some(Coefficient::ZERO),
            [(monomial, coefficient)] if monomial.is_one() => Some(coefficient.clone()),
            _ => None,
        }
    }

    /// A hash that depends on what the term says, not on the order in which its atoms were made.
    pub(super) fn fingerprint(&self) -> u64 {
        let Some(summands) = self.summands() else {
            return 0;
        };
        // A sum, since the order of the summands is not the same in every run.
        summands
            .iter()
            .fold(1, |sum: u64, (monomial, coefficient)| {
                sum.wrapping_add(super::atom::hash(&(monomial.fingerprint(), coefficient)))
            })
    }
}

impl From<i64> for Term {
    fn from(value: i64) -> Self {
        Self::constant(Coefficient::from(BigRational::from_integer(value.into())))
    }
}

impl From<BigRational> for Term {
    fn from(value: BigRational) -> Self {
        Self::constant(value.into())
    }
}

impl Hash for Term {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.fingerprint());
    }
}

impl PartialOrd for Term {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self == other).then_some(Ordering::Equal)
    }
}
