//! Equality of fractions.

use super::coefficient::Coefficient;
use super::term::{Atom, Summand, Term};
use crate::prove::conditions;
use crate::scalar::Agreement;
use num_traits::{One, Zero};
use std::collections::{BTreeMap, HashMap};

impl Term {
    /// Whether the two are equal as fractions: the difference, multiplied by its denominators, is zero.
    ///
    /// Denominators are multiplied out at the top, and inside of denominators. The arguments of other functions are
    /// compared by normal form. Where one of the denominators is zero as a fraction, so that a side is undefined, or the
    /// fuel is used up ([`with_fuel`](super::with_fuel)), the answer is no.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// let [x, y] = ["x", "y"].map(|name| Term::indeterminate(name).exp());
    /// let sum = x.clone() + y.clone();
    /// let shares = x.clone() / sum.clone() + y / sum.clone();
    /// assert_ne!(shares, Term::from(1));
    /// assert!(shares.agrees_with(&Term::from(1)));
    /// assert!(!shares.agrees_with(&(x / sum)));
    /// ```
    pub fn agrees_with(&self, other: &Self) -> bool {
        self.compared_to(other) == Agreement::Equal
    }

    /// Whether the two are equal as fractions, and defined.
    pub(crate) fn compared_to(&self, other: &Self) -> Agreement {
        let difference = self.clone() - other.clone();
        if difference.is_undefined() {
            return Agreement::Undefined;
        }
        if difference.is_zero() {
            return Agreement::Equal;
        }
        match cleared(&difference) {
            Ok((numerator, _)) if numerator.is_zero() => Agreement::Equal,
            Ok(_) => Agreement::Differ,
            Err(Failure::DivisionByZero) => {
                conditions::undefined(|| "`recip` of what is 0 as a fraction".to_owned());
                Agreement::Undefined
            }
            Err(Failure::TooLarge) => Agreement::Undefined,
        }
    }
}

/// Why a term is no fraction.
#[derive(Clone, Copy)]
enum Failure {
    DivisionByZero,
    TooLarge,
}

/// A fraction whose denominator is a product of powers. None of them has a reciprocal of a sum in it.
type Fraction = (Term, Vec<(Term, u64)>);

/// The fractions of the sums whose reciprocals were met, by the number of the atom.
type Known = HashMap<u64, Result<Fraction, Failure>>;

/// A term that is being cleared: what is left of it, and the denominators so far.
struct Clearing {
    /// The number of the atom whose sum it is; `None` for the term at the beginning.
    atom: Option<u64>,
    numerator: Term,
    denominators: Vec<(Term, u64)>,
}

/// What comes after a step.
enum Next {
    /// A reciprocal is gone.
    Again,
    /// The sum inside of this atom has to be cleared first.
    Inside(Atom, Term),
    /// There are no reciprocals left.
    Done,
    Failed(Failure),
}

/// The term as a fraction.
///
/// It ends: each step removes an atom from the top, and what it brings in has no reciprocals of sums, since those
/// inside of the atom were cleared first. Those are nested less deeply. The ones that wait for what is inside of them
/// are a list, since there may be too many for the stack.
fn cleared(term: &Term) -> Result<Fraction, Failure> {
    let mut known = Known::new();
    let start = |atom, numerator| Clearing {
        atom,
        numerator,
        denominators: Vec::new(),
    };
    let mut outer = Vec::new();
    let mut current = start(None, term.clone());
    loop {
        let fraction = match current.step(&known) {
            Next::Again => continue,
            Next::Inside(atom, sum) => {
                outer.push(core::mem::replace(
                    &mut current,
                    start(Some(atom.id()), sum),
                ));
                continue;
            }
            Next::Done => Ok((current.numerator, current.denominators)),
            Next::Failed(why) => Err(why),
        };
        match (current.atom, outer.pop()) {
            (Some(atom), Some(next)) => {
                known.insert(atom, fraction);
                current = next;
            }
            _ => return fraction,
        }
    }
}

impl Clearing {
    fn step(&mut self, known: &Known) -> Next {
        let Some((atom, sum)) = first_reciprocal(&self.numerator) else {
            return Next::Done;
        };
        let (n, d) = match known.get(&atom.id()) {
            None => return Next::Inside(atom, sum),
            Some(Err(why)) => return Next::Failed(*why),
            Some(Ok((n, _))) if n.is_zero() => return Next::Failed(Failure::DivisionByZero),
            Some(Ok(fraction)) => fraction,
        };
        let d = d.iter().fold(Term::one(), |product, (factor, power)| {
            product * factor.power(*power)
        });
        match clear_one(&self.numerator, &atom, n, &d) {
            Some((cleared, power)) if !cleared.is_undefined() => {
                self.denominators.push((n.clone(), power));
                self.numerator = cleared;
                Next::Again
            }
            _ => Next::Failed(Failure::TooLarge),
        }
    }
}

/// A reciprocal of a sum at the top of the term.
fn first_reciprocal(term: &Term) -> Option<(Atom, Term)> {
    let factors = term
        .summands()?
        .iter()
        .flat_map(|(monomial, _)| monomial.factors());
    let mut sums = factors.filter_map(|(atom, _)| Some((atom, atom.reciprocal_of()?)));
    let (atom, sum) = sums.next()?;
    Some((atom.clone(), sum.clone()))
}

/// The term with `d / n` for `atom`, times `n` to the power of its largest exponent, which is the second result.
fn clear_one(term: &Term, atom: &Atom, n: &Term, d: &Term) -> Option<(Term, u64)> {
    let mut by_exponent: BTreeMap<u64, Vec<Summand>> = BTreeMap::new();
    for (monomial, coefficient) in term.summands()? {
        let exponent = u64::try_from(monomial.exponent(atom)).ok()?;
        let rest = (monomial.without(atom), coefficient.clone());
        by_exponent.entry(exponent).or_default().push(rest);
    }
    let largest = *by_exponent.last_key_value()?.0;
    let parts = by_exponent.into_iter().map(|(exponent, summands)| {
        let rest = Term::sum(
            summands
                .into_iter()
                .map(|(m, c): (_, Coefficient)| Term::of_monomial(m, c)),
        );
        rest * d.power(exponent) * n.power(largest - exponent)
    });
    Some((Term::sum(parts), largest))
}
