//! The free algebra: a scalar that remembers how it was computed.
//!
//! A [`Term`] is a polynomial. Its coefficients are exact rational numbers, and its variables are *atoms*. An atom is
//! an indeterminate, such as `x[0,1]`, or a function symbol applied to terms, such as `exp(x + y)`. Nothing is known
//! of an indeterminate, and of a function no more than the relations below. So an equation between terms holds for
//! every value of the indeterminates: to run a graph on indeterminates and compare the results is a proof by
//! evaluation, for that graph at that shape.
//!
//! ```
//! use cotangent::scalar::Term;
//! let [x, y] = ["x", "y"].map(Term::indeterminate);
//! let square = (x.clone() + y.clone()).pow(&Term::from(2));
//! assert_eq!(square, x.clone() * x.clone() + Term::from(2) * x.clone() * y.clone() + y.clone() * y.clone());
//! assert_eq!((x.exp() * (y - x).exp()).to_string(), "exp(y)");
//! ```
//!
//! # Where a proof holds
//!
//! - If only `+` and `*` were used, and natural coefficients: in every commutative semiring, since ℕ\[x\] is a part of
//!   ℤ\[x\].
//! - With `-` and integer coefficients: in every commutative ring.
//! - With division and rational coefficients: in every field of characteristic 0, at each point where no divisor is 0.
//! - With functions: for any functions that have the relations below. The others are *opaque*: they may stand for
//!   anything.
//!
//! # Relations
//!
//! | relation | holds |
//! | --- | --- |
//! | `t·recip(t) = 1` and `recip(s·t) = recip(s)·recip(t)` for a monomial `t` | where `s` and `t` are not 0 |
//! | `recip(recip(t)) = t` | where `t` is not 0 |
//! | `exp(0) = 1`, `exp(s + t) = exp(s)·exp(t)` | everywhere |
//! | `exp(log(t)) = t` | where `t > 0` |
//! | `log(1) = 0`, `sqrt(1) = 1`, `rsqrt(1) = 1`, `cos(0) = 1`, and 0 at 0 of `sqrt`, `tanh`, `sin`, `erf`, `expm1`, `log1p` | they are numbers |
//! | `relu(c)`, `step(c)` for a number `c` | by its sign; `step(0) = 0` |
//! | `max` does not heed order or repetition; the largest of its numbers is taken | in every total order |
//! | `pow(t, n)` is a product for an integer `n` from 0 to 64, and a reciprocal from -64 on | where it is defined |
//! | `select(c, s, t) = t + step(c)·(s - t)` | everywhere that the three are finite |
//!
//! There are no others: `tanh`, `sigmoid` and `expm1` are not related to `exp`, nor `relu` to `step`, nor `sin` to `cos`, and
//! `recip(0)` is an opaque constant.
//!
//! # Comparisons
//!
//! The result of a comparison is an index, and no term. A proof draws it, as it draws an environment: for
//! [`OrderedField::compare`](super::OrderedField::compare) and `argmax`, a term that is no number stands for one that
//! depends on nothing but its normal form. Equal terms have the same answers, in each run.
//!
//! # Two equalities
//!
//! `==` compares normal forms. With `+`, `*` and `-` alone it decides equality. After a division by a sum it can miss
//! one: `(x + y) / (x + y)` is `x·recip(x + y) + y·recip(x + y)`. [`Term::agrees_with`] multiplies out and decides equality
//! of fractions.
//!
//! # How it is stored
//!
//! A term is a sorted list of monomials with coefficients that are not zero; a monomial is a sorted list of atoms with
//! exponents, negative ones for reciprocals. Only the reciprocal of a sum is an atom of its own. Atoms are interned:
//! equal atoms are one object with one number, so that atoms, and with them terms, are compared by number. The table
//! of atoms does not keep them alive.
//!
//! A product of two sums has as many monomials as pairs, so terms can explode. [`with_fuel`] sets a limit.
//! Functions may be nested in each other as deeply as memory allows: nothing here, dropping included, recurses into
//! arguments.

mod agree;
mod arithmetic;
mod atom;
mod coefficient;
mod display;
mod evaluate;
mod fuel;
mod functions;
mod label;
mod monomial;
mod release;
mod tower;

pub use fuel::{OutOfFuel, with_fuel};

use atom::{Atom, Kind};
use coefficient::Coefficient;
use core::cmp::Ordering;
use core::hash::{Hash, Hasher};
use monomial::Monomial;
use num_rational::BigRational;
use std::sync::Arc;

/// A monomial and its coefficient, which is not zero.
type Summand = (Monomial, Coefficient);

/// An element of the free commutative algebra: see [the module](self).
///
/// It is a [`Real`](super::Real) scalar, so every graph runs on it. Clones are cheap.
///
/// Two terms are equal if they have the same normal form. [`PartialOrd`] compares only equal terms: nothing is known
/// of the sign of an indeterminate, so all others are unordered. [Undefined](Term::is_undefined) terms are equal to
/// each other; [`Term::agrees_with`] refuses them.
///
/// ```
/// use cotangent::scalar::Term;
/// let [x, y] = ["x", "y"].map(Term::indeterminate);
/// assert_eq!(x.clone() * y.clone() - y.clone() * x.clone(), Term::from(0));
/// assert!(x.partial_cmp(&y).is_none());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Term(Repr);

#[derive(Clone, PartialEq, Eq)]
enum Repr {
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
    /// use cotangent::scalar::Term;
    /// assert_eq!(Term::indeterminate("x[0,1]").to_string(), "x[0,1]");
    /// ```
    pub fn indeterminate(name: &str) -> Self {
        Self::of_atom(Atom::new(Kind::Indeterminate(name.into())))
    }

    /// The names of the indeterminates in this term, also those inside of functions; `x2` comes before `x10`.
    ///
    /// ```
    /// use cotangent::scalar::Term;
    /// let [x, y] = ["x", "y"].map(Term::indeterminate);
    /// assert_eq!((y * (x.clone() + x).exp()).indeterminates(), ["x", "y"]);
    /// ```
    pub fn indeterminates(&self) -> Vec<String> {
        evaluate::indeterminates(self)
    }

    /// Whether this is what is left of a computation that ran out of fuel, or whose exponents did not fit into 64 bits:
    /// see [`with_fuel`].
    ///
    /// ```
    /// use cotangent::scalar::Term;
    /// assert!(!Term::indeterminate("x").is_undefined());
    /// ```
    pub fn is_undefined(&self) -> bool {
        matches!(self.0, Repr::Undefined)
    }

    /// The value that absorbs everything. `with_fuel` will report it.
    fn undefined() -> Self {
        fuel::exhaust();
        Term(Repr::Undefined)
    }

    /// The sum of these: sorted by monomial, each monomial once, no coefficient zero.
    fn of_sorted(summands: Vec<Summand>) -> Self {
        debug_assert!(summands.is_sorted_by(|(m, _), (n, _)| m < n));
        Term(Repr::Sum(Arc::new(summands)))
    }

    fn of_monomial(monomial: Monomial, coefficient: Coefficient) -> Self {
        if coefficient.is_zero() {
            return Self::of_sorted(Vec::new());
        }
        Self::of_sorted(vec![(monomial, coefficient)])
    }

    fn of_atom(atom: Atom) -> Self {
        Self::of_monomial(Monomial::of(atom, 1), Coefficient::ONE)
    }

    fn constant(coefficient: Coefficient) -> Self {
        Self::of_monomial(Monomial::one(), coefficient)
    }

    /// The summands; `None` if undefined.
    fn summands(&self) -> Option<&[Summand]> {
        match &self.0 {
            Repr::Undefined => None,
            Repr::Sum(summands) => Some(summands),
        }
    }

    /// The number that this is, if it is one.
    fn as_constant(&self) -> Option<Coefficient> {
        match self.summands()? {
            [] => Some(Coefficient::ZERO),
            [(monomial, coefficient)] if monomial.is_one() => Some(coefficient.clone()),
            _ => None,
        }
    }

    /// A hash that depends on what the term says, not on the order in which its atoms were made.
    fn fingerprint(&self) -> u64 {
        let Some(summands) = self.summands() else {
            return 0;
        };
        // A sum, since the order of the summands is not the same in every run.
        summands
            .iter()
            .fold(1, |sum: u64, (monomial, coefficient)| {
                sum.wrapping_add(atom::hash(&(monomial.fingerprint(), coefficient)))
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
