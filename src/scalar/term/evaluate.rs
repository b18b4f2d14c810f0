//! The value of a term over another scalar.

use super::atom::{Atom, Kind, Symbol};
use super::display::Label;
use super::{Coefficient, Term};
use crate::scalar::{Kernels, Literal, Real, RealKernels};
use num_bigint::{BigInt, Sign};
use std::collections::{HashMap, HashSet};

impl Term {
    /// The value of this term, where an indeterminate has the value that `value_of` gives to its name.
    ///
    /// ```
    /// use cotangent::scalar::Term;
    /// let [x, y] = ["x", "y"].map(Term::indeterminate);
    /// let term = x.clone() * x.clone() + y.exp();
    /// assert_eq!(term.evaluate(|name| if name == "x" { 3.0 } else { 0.0 }), 10.0);
    /// ```
    ///
    /// Over terms it is substitution. There, and over floats, an undefined term has the value of `log(-1)`.
    pub fn evaluate<A: Real>(&self, value_of: impl Fn(&str) -> A) -> A {
        Evaluation {
            value_of,
            atoms: HashMap::new(),
        }
        .term(self)
    }
}

struct Evaluation<A, F> {
    value_of: F,
    /// The values of the atoms that were met.
    atoms: HashMap<u64, A>,
}

impl<A: Real, F: Fn(&str) -> A> Evaluation<A, F> {
    fn term(&mut self, term: &Term) -> A {
        let Some(summands) = term.summands() else {
            return (-A::one()).log();
        };
        let mut sum = A::zero();
        for (monomial, coefficient) in summands {
            let mut product = number::<A>(coefficient);
            for (atom, exponent) in monomial.factors() {
                product = product * power(self.atom(atom), *exponent);
            }
            sum = sum + product;
        }
        sum
    }

    fn atom(&mut self, atom: &Atom) -> A {
        if let Some(value) = self.atoms.get(&atom.id()) {
            return value.clone();
        }
        let value = match atom.kind() {
            Kind::Indeterminate(name) => (self.value_of)(name),
            Kind::Apply(symbol, arguments) => {
                let arguments: Vec<A> = arguments.iter().map(|term| self.term(term)).collect();
                apply(*symbol, &arguments)
            }
        };
        self.atoms.insert(atom.id(), value.clone());
        value
    }
}

/// `symbol` has as many arguments as its arm takes: atoms are made by the functions of `functions.rs` only. What the
/// scalar leaves undefined is as an undefined term.
fn apply<A: Real>(symbol: Symbol, arguments: &[A]) -> A {
    let value = match (symbol, arguments) {
        (Symbol::Of(f), [_]) => RealKernels.unary(f, arguments).and_then(|mut y| y.pop()),
        (Symbol::Pow, [x, y]) => Some(x.pow(y)),
        (Symbol::Max, [first, rest @ ..]) => {
            Some(A::largest(first, &rest.iter().collect::<Vec<_>>()))
        }
        (Symbol::Of(_) | Symbol::Pow | Symbol::Max, _) => None,
    };
    value.unwrap_or_else(|| (-A::one()).log())
}

/// A coefficient as a scalar.
fn number<A: Real>(coefficient: &Coefficient) -> A {
    if let Coefficient::Small(q) = coefficient
        && let Ok(denominator) = u64::try_from(*q.denom())
    {
        return A::from_literal(Literal::ratio(*q.numer(), denominator));
    }
    let q = coefficient.to_big();
    integer::<A>(q.numer()) / integer::<A>(q.denom())
}

/// A large integer, from its digits of 32 bits.
fn integer<A: Real>(n: &BigInt) -> A {
    let base = A::from_literal(Literal::ratio(1 << 32, 1));
    let digits = n.magnitude().iter_u32_digits().rev();
    let size = digits.fold(A::zero(), |sum, digit| {
        sum * base.clone() + A::from_literal(Literal::ratio(digit.into(), 1))
    });
    if n.sign() == Sign::Minus { -size } else { size }
}

fn power<A: Real>(base: A, exponent: i64) -> A {
    let (mut power, mut square, mut n) = (A::one(), base, exponent.unsigned_abs());
    while n > 0 {
        if n & 1 == 1 {
            power = power * square.clone();
        }
        n >>= 1;
        if n > 0 {
            square = square.clone() * square;
        }
    }
    if exponent < 0 {
        A::one() / power
    } else {
        power
    }
}

/// The names of the indeterminates, sorted for a reader.
pub(super) fn indeterminates(term: &Term) -> Vec<String> {
    fn visit(term: &Term, seen: &mut HashSet<u64>, names: &mut Vec<Label>) {
        for (atom, _) in term
            .summands()
            .into_iter()
            .flatten()
            .flat_map(|(m, _)| m.factors())
        {
            if !seen.insert(atom.id()) {
                continue;
            }
            match atom.kind() {
                Kind::Indeterminate(_) => names.push(atom.label().clone()),
                Kind::Apply(_, arguments) => {
                    arguments.iter().for_each(|term| visit(term, seen, names))
                }
            }
        }
    }
    let mut names = Vec::new();
    visit(term, &mut HashSet::new(), &mut names);
    names.sort();
    names.iter().map(|name| name.as_str().to_owned()).collect()
}
