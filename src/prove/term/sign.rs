//! Terms that are known to be positive: what a proof need not demand.

use super::coefficient::Coefficient;
use super::quadratic::least_of_quadratic;
use super::term::{Atom, Kind, Monomial, Summand, Symbol, Term};
use crate::scalar::{Sign, Unary};

/// So deep in functions a sign is looked for.
const DEPTH: usize = 3;

impl Term {
    /// What is known of the sign of this.
    pub(super) fn sign(&self) -> Sign {
        sign(self, DEPTH)
    }
}

fn sign(term: &Term, depth: usize) -> Sign {
    let Some(summands) = term.summands() else {
        return Sign::Unknown;
    };
    let each = summands.iter().map(|(m, c)| of_summand(m, c, depth));
    let mut of_sum = Sign::NotNegative; // 0
    for summand in each {
        match summand {
            Sign::Unknown if counts_ties(summands) => return Sign::Positive,
            Sign::Unknown => return sign_of_quadratic(summands),
            summand => of_sum = of_sum.max(summand),
        }
    }
    of_sum
}

/// The sign of a sum of squares and a number.
fn sign_of_quadratic(summands: &[Summand]) -> Sign {
    match least_of_quadratic(summands) {
        Some(least) if least.is_positive() => Sign::Positive,
        Some(least) if least.is_zero() => Sign::NotNegative,
        Some(_) | None => Sign::Unknown,
    }
}

/// Whether this is the number of those among some terms that are the largest of them, of which there is one: the sum of
/// `1 - step(max - t)` over all. The derivative of a maximum divides by it.
fn counts_ties(summands: &[Summand]) -> bool {
    let (mut count, mut below) = (None, Vec::new());
    for (monomial, coefficient) in summands {
        match monomial.factors() {
            [] => count = coefficient.small_integer(),
            [(atom, 1)] if coefficient.negated().is_one() => match atom.kind() {
                Kind::Apply(Symbol::Of(Unary::Step), arguments) => below.extend(arguments),
                Kind::Apply(..) | Kind::Indeterminate(_) => return false,
            },
            _ => return false,
        }
    }
    let parts = below.first().and_then(|first| first.summands());
    let mut atoms = parts.into_iter().flatten().flat_map(|(m, _)| m.factors());
    let largest = atoms.find_map(|(atom, _)| match atom.kind() {
        Kind::Apply(Symbol::Max, terms) => Some((Term::of_atom(atom.clone()), terms)),
        Kind::Apply(..) | Kind::Indeterminate(_) => None,
    });
    let Some((largest, terms)) = largest else {
        return false;
    };
    let is_below = |term: &Term| below.contains(&&(largest.clone() - term.clone()));
    let all = [below.len(), terms.len()].map(|n| i64::try_from(n).ok());
    all == [count; 2] && terms.iter().all(is_below)
}

fn of_summand(monomial: &Monomial, coefficient: &Coefficient, depth: usize) -> Sign {
    if !coefficient.is_positive() {
        return Sign::Unknown;
    }
    let factors = monomial.factors().iter();
    let each = factors.map(|(atom, exponent)| match of_atom(atom, depth) {
        // An exponent below 0 is of what is not 0.
        sign if *exponent < 0 && (sign != Sign::Unknown || exponent % 2 == 0) => Sign::Positive,
        Sign::Unknown if exponent % 2 == 0 => Sign::NotNegative,
        sign => sign,
    });
    each.min().unwrap_or(Sign::Positive)
}

fn of_atom(atom: &Atom, depth: usize) -> Sign {
    let (symbol, arguments) = match atom.kind() {
        Kind::Apply(symbol, arguments) if depth > 0 => (*symbol, arguments),
        Kind::Apply(..) | Kind::Indeterminate(_) => return Sign::Unknown,
    };
    let inside = || arguments.iter().map(|argument| sign(argument, depth - 1));
    match symbol {
        Symbol::Of(f) => f.sign(inside().next().unwrap_or(Sign::Unknown)),
        // The largest is at least each of them.
        Symbol::Max => inside().max().unwrap_or(Sign::Unknown),
        Symbol::Pow => inside().next().unwrap_or(Sign::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::{Sign, Term};

    fn square(x: Term) -> Term {
        x.clone() * x
    }

    fn ties(all: &[&Term]) -> Term {
        let largest = Term::largest(all[0], &all[1..]);
        let is_largest = |x: &&Term| Term::from(1) - (largest.clone() - (*x).clone()).step();
        Term::sum(all.iter().map(is_largest))
    }

    #[test]
    fn signs() {
        let [x, y] = ["x", "y"].map(Term::indeterminate);
        let one = Term::from(1);
        for (term, sign) in [
            (x.clone(), Sign::Unknown),
            (-one.clone(), Sign::Unknown),
            (Term::from(0), Sign::NotNegative),
            (x.clone() * x.clone(), Sign::NotNegative),
            (x.clone() * x.clone() + one.clone(), Sign::Positive),
            (x.clone() * x.clone() - one.clone(), Sign::Unknown),
            ((x.clone() * x.clone()).recip(), Sign::Positive),
            (x.exp() + y.exp(), Sign::Positive),
            ((x.exp() + y.exp()).recip(), Sign::Positive),
            (x.exp() * y.clone(), Sign::Unknown),
            (x.relu(), Sign::NotNegative),
            (Term::largest(&x, &[&one]), Sign::Positive),
            (Term::largest(&x, &[&y]), Sign::Unknown),
            (x.sqrt(), Sign::NotNegative),
            (x.exp().sqrt(), Sign::Positive),
            (y.tanh(), Sign::Unknown),
            // (x - y)², and beside it what is negative for some.
            (square(x.clone() - y.clone()), Sign::NotNegative),
            (square(x.clone() - y.clone()) + one.clone(), Sign::Positive),
            (square(x.clone() - y.clone()) - one.clone(), Sign::Unknown),
            (square(x.clone()) - square(y.clone()), Sign::Unknown),
            (square(x.clone()) - x.clone() * y.clone(), Sign::Unknown),
            (ties(&[&x, &y]), Sign::Positive),
            (ties(&[&x, &y, &one]), Sign::Positive),
            (ties(&[&x, &y]) - one.clone(), Sign::Unknown),
        ] {
            assert_eq!(term.sign(), sign, "{term}");
        }
    }
}
