//! The value of a term over another scalar.

use super::coefficient::Coefficient;
use super::term::{Atom, Kind, Symbol, Term};
use crate::scalar::{Kernels, Literal, Real, RealScalar};
use num_bigint::{BigInt, Sign};
use std::collections::{HashMap, HashSet};

impl Term {
    /// The value of this term, where an indeterminate has the value that `value_of` gives to its name.
    ///
    /// ```
    /// use cotangent::prove::Term;
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

    /// The names of the indeterminates in this term, also those inside of functions; `x2` comes before `x10`.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// let [x, y] = ["x", "y"].map(Term::indeterminate);
    /// assert_eq!((y * (x.clone() + x).exp()).indeterminates(), ["x", "y"]);
    /// ```
    pub fn indeterminates(&self) -> Vec<String> {
        let (mut seen, mut names) = (HashSet::new(), Vec::new());
        let mut left = vec![self];
        while let Some(term) = left.pop() {
            for atom in atoms(term).filter(|atom| seen.insert(atom.id())) {
                match atom.kind() {
                    Kind::Indeterminate(_) => names.push(atom.label().clone()),
                    Kind::Apply(_, arguments) => left.extend(arguments),
                }
            }
        }
        names.sort();
        names.iter().map(|name| name.as_str().to_owned()).collect()
    }
}

struct Evaluation<A, F> {
    value_of: F,
    /// The values of the atoms that were met.
    atoms: HashMap<u64, A>,
}

/// The atoms of a term, without those inside of them.
fn atoms(term: &Term) -> impl Iterator<Item = &Atom> {
    let monomials = term.summands().into_iter().flatten();
    monomials.flat_map(|(monomial, _)| monomial.factors().iter().map(|(atom, _)| atom))
}

impl<A: Real, F: Fn(&str) -> A> Evaluation<A, F> {
    fn term(&mut self, term: &Term) -> A {
        // Those that are waited for are above those that wait: arguments nest too deeply for recursion.
        let mut waiting: Vec<&Atom> = atoms(term).collect();
        while let Some(&atom) = waiting.last() {
            let before = waiting.len();
            let value = match atom.kind() {
                _ if self.atoms.contains_key(&atom.id()) => {
                    waiting.pop();
                    continue;
                }
                Kind::Indeterminate(name) => (self.value_of)(name),
                Kind::Apply(symbol, arguments) => {
                    let inside = arguments.iter().flat_map(atoms);
                    waiting.extend(inside.filter(|atom| !self.atoms.contains_key(&atom.id())));
                    if waiting.len() > before {
                        continue;
                    }
                    let arguments: Vec<A> = arguments.iter().map(|term| self.sum(term)).collect();
                    apply(*symbol, &arguments)
                }
            };
            self.atoms.insert(atom.id(), value);
            waiting.pop();
        }
        self.sum(term)
    }

    /// The value of a term whose atoms have theirs.
    fn sum(&self, term: &Term) -> A {
        let Some(summands) = term.summands() else {
            return (-A::one()).log();
        };
        let mut sum = A::zero();
        for (monomial, coefficient) in summands {
            let mut product = number::<A>(coefficient);
            for (atom, exponent) in monomial.factors() {
                let Some(value) = self.atoms.get(&atom.id()) else {
                    unreachable!("`term` has evaluated the atoms of a term first");
                };
                product = product * power(value.clone(), *exponent);
            }
            sum = sum + product;
        }
        sum
    }
}

/// `symbol` has as many arguments as its arm takes: atoms are made by the functions of `functions.rs` only. What the
/// scalar leaves undefined is as an undefined term.
fn apply<A: Real>(symbol: Symbol, arguments: &[A]) -> A {
    let value = match (symbol, arguments) {
        (Symbol::Of(f), [_]) => RealScalar.unary(f, arguments).and_then(|mut y| y.pop()),
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
