//! Terms that are known to be positive: what a proof need not demand.

use super::coefficient::Coefficient;
use super::term::{Atom, Kind, Monomial, Symbol, Term};
use crate::scalar::Unary;

/// So deep in functions a sign is looked for.
const DEPTH: usize = 3;

/// What is known of a sign, at every input where the term is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    Unknown,
    NotNegative,
    Positive,
}

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
    let mut of_sum = Sign::NotNegative; // 0
    for (monomial, coefficient) in summands {
        match of_summand(monomial, coefficient, depth) {
            Sign::Unknown => return Sign::Unknown,
            summand => of_sum = of_sum.max(summand),
        }
    }
    of_sum
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
        Symbol::Of(Unary::Exp | Unary::Sigmoid | Unary::Rsqrt) => Sign::Positive,
        Symbol::Of(Unary::Sqrt) | Symbol::Of(Unary::Relu) => inside()
            .max()
            .unwrap_or(Sign::Unknown)
            .max(Sign::NotNegative),
        Symbol::Of(Unary::Step) => Sign::NotNegative,
        Symbol::Of(Unary::Recip) => match inside().max() {
            Some(Sign::NotNegative | Sign::Positive) => Sign::Positive,
            Some(Sign::Unknown) | None => Sign::Unknown,
        },
        // The largest is at least each of them.
        Symbol::Max => inside().max().unwrap_or(Sign::Unknown),
        Symbol::Pow => inside().next().unwrap_or(Sign::Unknown),
        Symbol::Of(
            Unary::Stop
            | Unary::Neg
            | Unary::Log
            | Unary::Tanh
            | Unary::Expm1
            | Unary::Log1p
            | Unary::Sin
            | Unary::Cos
            | Unary::Erf,
        ) => Sign::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::{Sign, Term};

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
        ] {
            assert_eq!(term.sign(), sign, "{term}");
        }
    }
}
