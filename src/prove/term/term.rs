//! Terms are made of monomials, those of atoms, and those of terms: types that need each other, in one file.

use super::coefficient::Coefficient;
use super::fuel;
use super::label::Label;
use super::undefined::Undefined;
use crate::scalar::Unary;
use core::cmp::Ordering;
use core::hash::{Hash, Hasher};
use num_rational::BigRational;
use std::hash::DefaultHasher;
use std::sync::Arc;

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

#[derive(Clone)]
pub(super) enum Repr {
    /// It absorbs everything.
    Undefined(Undefined),
    /// The summands, sorted by monomial, each monomial once.
    Sum(Arc<Vec<Summand>>),
}

/// A monomial and its coefficient, which is not zero.
pub(super) type Summand = (Monomial, Coefficient);

/// A product of powers of atoms: sorted by atom, each atom once, no exponent zero.
///
/// A negative exponent is a reciprocal. Reciprocals of sums are atoms, and their exponents are positive.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Monomial(pub(super) Arc<[(Atom, i64)]>);

/// A variable of the polynomials: equal atoms are one object, so comparing is comparing numbers.
#[derive(Clone)]
pub(super) struct Atom(pub(super) Arc<Node>);

/// What an atom holds.
pub(super) struct Node {
    /// Unique among all atoms that ever were. Its order means nothing.
    pub id: u64,
    pub kind: Kind,
    /// A hash of the kind that is the same in every run.
    pub fingerprint: u64,
    /// What sorts atoms for a reader: how this one is printed, cut if long.
    pub label: Label,
}

/// What an atom is.
#[derive(PartialEq, Eq)]
pub(super) enum Kind {
    Indeterminate(Box<str>),
    Apply(Symbol, Vec<Term>),
}

/// A function that is not computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Symbol {
    /// Of one term. A reciprocal is of a sum whose leading coefficient is 1 and whose content is 1.
    Of(Unary),
    Pow,
    Max,
}

impl Symbol {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Symbol::Of(f) => f.name(),
            Symbol::Pow => "pow",
            Symbol::Max => "max",
        }
    }
}

impl Term {
    /// Whether this is no element of the algebra. Either a computation ran out of fuel, or its exponents did not fit into
    /// 64 bits ([`with_fuel`](super::with_fuel)); or it is no number at any input, such as the reciprocal of 0.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// assert!(!Term::indeterminate("x").is_undefined());
    /// assert!(Term::from(0).recip().is_undefined());
    /// ```
    pub fn is_undefined(&self) -> bool {
        matches!(self.0, Repr::Undefined(_))
    }

    /// What a term is that grew too large, which `with_fuel` will report.
    pub(super) fn too_large() -> Self {
        fuel::exhaust();
        Term(Repr::Undefined(Undefined::TooLarge))
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
        Self::of_monomial(Monomial(Arc::new([(atom, 1)])), Coefficient::ONE)
    }

    pub(super) fn constant(coefficient: Coefficient) -> Self {
        Self::of_monomial(Monomial(Arc::new([])), coefficient)
    }

    /// The summands; `None` if undefined.
    pub(super) fn summands(&self) -> Option<&[Summand]> {
        match &self.0 {
            Repr::Undefined(_) => None,
            Repr::Sum(summands) => Some(summands),
        }
    }

    /// The number that this is, if it is one.
    pub(super) fn as_constant(&self) -> Option<Coefficient> {
        match self.summands()? {
            [] => Some(Coefficient::ZERO),
            [(monomial, coefficient)] if monomial.0.is_empty() => Some(coefficient.clone()),
            _ => None,
        }
    }

    /// A hash that depends on what the term says, not on the order in which its atoms were made.
    pub(super) fn fingerprint(&self) -> u64 {
        let Some(summands) = self.summands() else {
            return 0;
        };
        // Sums and products, since the order of summands and factors is not the same in every run.
        summands
            .iter()
            .fold(1, |sum: u64, (monomial, coefficient)| {
                let factors = monomial.0.iter().fold(0, |sum: u64, (atom, exponent)| {
                    sum.wrapping_add(hash(&(atom.fingerprint(), exponent)))
                });
                sum.wrapping_add(hash(&(factors, coefficient)))
            })
    }
}

impl Atom {
    pub(super) fn id(&self) -> u64 {
        self.0.id
    }

    pub(super) fn kind(&self) -> &Kind {
        &self.0.kind
    }

    pub(super) fn fingerprint(&self) -> u64 {
        self.0.fingerprint
    }

    pub(super) fn label(&self) -> &Label {
        &self.0.label
    }

    /// The sum whose reciprocal this atom is.
    pub(super) fn reciprocal_of(&self) -> Option<&Term> {
        match self.kind() {
            Kind::Apply(Symbol::Of(Unary::Recip), arguments) => arguments.first(),
            _ => None,
        }
    }
}

/// The same hash in every run.
pub(super) fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What is undefined is equal, whatever the reason: which one is met first depends on the order of a sum.
impl PartialEq for Repr {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Repr::Undefined(_), Repr::Undefined(_)) => true,
            (Repr::Sum(x), Repr::Sum(y)) => x == y,
            (Repr::Undefined(_), Repr::Sum(_)) | (Repr::Sum(_), Repr::Undefined(_)) => false,
        }
    }
}

impl Eq for Repr {}

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

impl PartialEq for Atom {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Atom {}

impl Hash for Atom {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.id());
    }
}

impl Ord for Atom {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id().cmp(&other.id())
    }
}

impl PartialOrd for Atom {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
