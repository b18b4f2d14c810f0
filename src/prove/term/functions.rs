//! The functions of the tower, with the relations that they have and no others.

use super::coefficient::Coefficient;
use super::display::label_of;
use super::monomial;
use super::term::{Atom, Kind, Monomial, Symbol, Term};
use crate::prove::choices;
use crate::prove::conditions::Demand;
use crate::scalar::Unary;
use num_traits::One;

/// Integer powers up to this exponent are computed.
const LARGEST_POWER: u64 = 64;

impl Term {
    fn apply(symbol: Symbol, arguments: Vec<Term>) -> Self {
        if let Some(undefined) = arguments.iter().find(|term| term.is_undefined()) {
            return undefined.clone();
        }
        Self::of_atom(Atom::new(Kind::Apply(symbol, arguments)))
    }

    /// `f` of this: an integer for the integers at which `f` is known to be one, else an opaque atom.
    pub(super) fn opaque(&self, f: Unary) -> Self {
        if let Some(undefined) = self.demanded(f) {
            return undefined;
        }
        let integer = self.as_constant().and_then(|c| c.small_integer());
        match integer.and_then(|n| f.at_integer(n)) {
            Some(value) => Self::from(value),
            None => Self::apply(Symbol::Of(f), vec![self.clone()]),
        }
    }

    /// `1 / self`.
    ///
    /// The reciprocal of a product is the product of the reciprocals, `t · recip(t)` is 1 for a single monomial `t`,
    /// and `recip(recip(t))` is `t`: in every field, where `t` is not 0. A sum gives up its leading coefficient and the
    /// monomial that divides all of it, and the rest is opaque. `recip(0)` is [undefined](Term::is_undefined).
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// let [x, y] = ["x", "y"].map(Term::indeterminate);
    /// assert_eq!((Term::from(2) * x.clone() + Term::from(2) * y).recip().to_string(), "1/2·recip(x + y)");
    /// assert_eq!(x.clone() * x.recip(), Term::from(1));
    /// ```
    pub fn recip(&self) -> Self {
        if let Some(undefined) = self.demanded(Unary::Recip) {
            return undefined;
        }
        match self.summands() {
            None | Some([]) => self.clone(), // 0 is undefined, above
            Some([(monomial, coefficient)]) => recip_of_monomial(monomial, coefficient),
            Some(summands) => {
                // The sum is leading · content · inside, and the reciprocals of the first two are known.
                let content = monomial::content(summands.iter().map(|(m, _)| m));
                let outside = recip_of_monomial(&content, &Coefficient::ONE);
                let Some(inverse) = content.inverted() else {
                    return Self::too_large();
                };
                let primitive = self.times(&Self::of_monomial(inverse, Coefficient::ONE));
                let Some(leading) = primitive.leading_coefficient().and_then(|c| c.inverted())
                else {
                    return Self::too_large();
                };
                let leading = Self::constant(leading);
                let inside = primitive.times(&leading);
                Self::apply(Symbol::Of(Unary::Recip), vec![inside])
                    .times(&leading)
                    .times(&outside)
            }
        }
    }

    /// e to the power of `self`.
    ///
    /// `exp(0) = 1` and `exp(s + t) = exp(s)·exp(t)`, which hold everywhere: so `exp(p/q·m)` is `exp(1/q·m)` to the
    /// power of `p`, for each monomial `m`. And `exp(log(t)) = t`, which holds where `t > 0`.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// let [x, y] = ["x", "y"].map(Term::indeterminate);
    /// let sum = Term::from(2) * x.clone() + y.log();
    /// assert_eq!(sum.exp().to_string(), "y·exp(x)²");
    /// assert_eq!(x.exp() * (-x).exp(), Term::from(1));
    /// ```
    pub fn exp(&self) -> Self {
        let Some(summands) = self.summands() else {
            return self.clone();
        };
        summands
            .iter()
            .fold(Self::one(), |product, (monomial, coefficient)| {
                product.times(&exp_of_summand(monomial, coefficient))
            })
    }

    /// The natural logarithm: `log(1) = 0`, undefined for 0 and negative numbers, else opaque.
    ///
    /// It is not `log(s) + log(t)` of a product, which holds only where both are positive.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// assert_eq!(Term::from(1).log(), Term::from(0));
    /// assert_eq!(Term::from(2).log().to_string(), "log(2)");
    /// ```
    pub fn log(&self) -> Self {
        self.opaque(Unary::Log)
    }

    /// The hyperbolic tangent: `tanh(0) = 0`, else opaque, and not related to [`Term::exp`].
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// assert_eq!(Term::from(0).tanh(), Term::from(0));
    /// ```
    pub fn tanh(&self) -> Self {
        self.opaque(Unary::Tanh)
    }

    /// `1 / (1 + exp(-self))`: opaque, and not related to [`Term::exp`].
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// assert_eq!(Term::indeterminate("x").sigmoid().to_string(), "sigmoid(x)");
    /// ```
    pub fn sigmoid(&self) -> Self {
        self.opaque(Unary::Sigmoid)
    }

    /// The square root: exact for 0 and 1, undefined for negative numbers, else opaque.
    ///
    /// Its derivative at 0 is not: that divides by the root.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// assert_eq!(Term::from(1).sqrt(), Term::from(1));
    /// assert_eq!(Term::from(4).sqrt().to_string(), "sqrt(4)");
    /// ```
    pub fn sqrt(&self) -> Self {
        self.opaque(Unary::Sqrt)
    }

    /// The larger of `self` and 0: a number for a number, else opaque.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// assert_eq!(Term::from(-3).relu(), Term::from(0));
    /// assert_eq!(Term::indeterminate("x").relu().to_string(), "relu(x)");
    /// ```
    pub fn relu(&self) -> Self {
        match self.as_constant() {
            Some(c) => Self::constant(c.max(Coefficient::ZERO)),
            None => self.opaque(Unary::Relu),
        }
    }

    /// 1 where `self` is positive, else 0: a number for a number, else opaque.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// assert_eq!(Term::from(3).step(), Term::from(1));
    /// assert_eq!(Term::from(0).step(), Term::from(0));
    /// ```
    pub fn step(&self) -> Self {
        match self.as_constant() {
            Some(c) => Self::from(i64::from(c.is_positive())),
            None => self.opaque(Unary::Step),
        }
    }

    /// The largest of `first` and the `rest`.
    ///
    /// Order and repetition of arguments do not matter, and of several numbers only the largest counts: in every
    /// total order. Several terms that are left are opaque together.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// let [x, y] = ["x", "y"].map(Term::indeterminate);
    /// let (one, two) = (Term::from(1), Term::from(2));
    /// assert_eq!(Term::largest(&y, &[&one, &x, &two, &y]).to_string(), "max{2, x, y}");
    /// assert_eq!(Term::largest(&x, &[&x]), x);
    /// ```
    pub fn largest(first: &Self, rest: &[&Self]) -> Self {
        let mut number: Option<Coefficient> = None;
        let mut terms = Vec::new();
        for term in core::iter::once(first).chain(rest.iter().copied()) {
            match term.as_constant() {
                Some(c) => number = number.max(Some(c)),
                None => terms.push(term.clone()),
            }
        }
        terms.extend(number.map(Self::constant));
        terms.sort_by_cached_key(|term| (label_of(term), term.fingerprint()));
        terms.dedup();
        match terms.as_slice() {
            [one] => one.clone(),
            _ => Self::apply(Symbol::Max, terms),
        }
    }

    /// `x` where `c` is positive, else `y`: `y + step(c)·(x - y)`, which holds where all are finite.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// let [c, x] = ["c", "x"].map(Term::indeterminate);
    /// assert_eq!(Term::select(&c, &x, &Term::from(0)), c.step() * x.clone());
    /// assert_eq!(Term::select(&Term::from(-1), &c, &x), x);
    /// ```
    ///
    /// Of a number `c` it is one of the two, also where the other is undefined.
    pub fn select(c: &Self, x: &Self, y: &Self) -> Self {
        if let Some(c) = c.as_constant() {
            return if c.is_positive() {
                x.clone()
            } else {
                y.clone()
            };
        }
        if c.is_undefined() && x == y && choices::are_the_value() {
            return x.clone();
        }
        y.clone() + c.step() * (x.clone() - y.clone())
    }

    /// `self` to the power of `exponent`.
    ///
    /// A product for an integer from 0 to 64, and the reciprocal of one for an integer from -64 to -1; else opaque.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// let [x, y] = ["x", "y"].map(Term::indeterminate);
    /// assert_eq!(x.pow(&Term::from(2)), x.clone() * x.clone());
    /// assert_eq!(x.pow(&y).to_string(), "pow(x, y)");
    /// ```
    pub fn pow(&self, exponent: &Self) -> Self {
        let integer = exponent.as_constant().and_then(|c| c.small_integer());
        match integer {
            Some(n) if n.unsigned_abs() <= LARGEST_POWER => integer_power(self, n),
            _ => {
                if integer.is_none() {
                    self.demand(Demand::NotNegative);
                }
                Self::apply(Symbol::Pow, vec![self.clone(), exponent.clone()])
            }
        }
    }
}

fn integer_power(base: &Term, n: i64) -> Term {
    if base.is_undefined() {
        return base.clone();
    }
    let power = base.power(n.unsigned_abs());
    if n < 0 { power.recip() } else { power }
}

/// The reciprocal of a monomial with a coefficient that is not zero.
fn recip_of_monomial(monomial: &Monomial, coefficient: &Coefficient) -> Term {
    let (Some(mut inverse), Some(coefficient)) = (monomial.inverted(), coefficient.inverted())
    else {
        return Term::too_large();
    };
    // Reciprocals of reciprocals of sums are the sums.
    let mut sums = Vec::new();
    for (atom, exponent) in monomial.factors() {
        if let Some(sum) = atom.reciprocal_of() {
            inverse = inverse.without(atom);
            sums.push(sum.power(exponent.unsigned_abs()));
        }
    }
    let start = Term::of_monomial(inverse, coefficient);
    sums.iter().fold(start, |product, sum| product.times(sum))
}

/// `exp(coefficient · monomial)`.
fn exp_of_summand(monomial: &Monomial, coefficient: &Coefficient) -> Term {
    let opaque = |c: Coefficient| {
        Atom::new(Kind::Apply(
            Symbol::Of(Unary::Exp),
            vec![Term::of_monomial(monomial.clone(), c)],
        ))
    };
    let Some((n, unit)) = coefficient.split() else {
        return Term::of_atom(opaque(coefficient.clone()));
    };
    if let (true, [(atom, 1)]) = (unit.is_one(), monomial.factors())
        && let Kind::Apply(Symbol::Of(Unary::Log), arguments) = atom.kind()
        && let [argument] = arguments.as_slice()
        && n.unsigned_abs() <= LARGEST_POWER
    {
        return integer_power(argument, n);
    }
    Term::of_monomial(Monomial::of(opaque(unit), n), Coefficient::ONE)
}
