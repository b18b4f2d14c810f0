//! A [`Term`] is a real scalar.

use super::coefficient::Coefficient;
use super::term::Term;
use crate::prove::draws::{self, first_of_largest};
use crate::scalar::{
    Comparison, Field, Kernels, Literal, OrderedField, Real, RealScalar, Relation, Ring, Semiring,
    Unary,
};
use num_bigint::BigInt;
use num_rational::BigRational;

#[diagnostic::do_not_recommend]
impl Semiring for Term {
    const EXACT: bool = true;

    fn kernels() -> &'static dyn Kernels<Self> {
        &RealScalar
    }

    fn matmul(a: &[Self], b: &[Self], [m, k, n]: [usize; 3], ta: bool, tb: bool) -> Vec<Self> {
        let mut out = Vec::with_capacity(m * n);
        for row in 0..m {
            for column in 0..n {
                out.push(Term::dot((0..k).map(|i| {
                    let x = if ta { i * m + row } else { row * k + i };
                    let y = if tb { column * k + i } else { i * n + column };
                    (&a[x], &b[y])
                })));
            }
        }
        out
    }
}

#[diagnostic::do_not_recommend]
impl Ring for Term {}

#[diagnostic::do_not_recommend]
impl Field for Term {
    /// Undefined for infinities and NaN.
    fn from_literal(literal: Literal) -> Self {
        match literal {
            Literal::Ratio(_, 0) => Self::of_no_number(literal),
            Literal::Ratio(n, d) => BigRational::new(BigInt::from(n), BigInt::from(d)).into(),
            Literal::Real(value) => match BigRational::from_float(value) {
                Some(value) => value.into(),
                None => Self::of_no_number(literal),
            },
        }
    }
}

impl Term {
    /// The number that it is, or else one that depends on the normal form alone: the same in every run.
    fn drawn(&self) -> Option<Coefficient> {
        if self.is_undefined() {
            return None;
        }
        let drawn = || BigRational::from_integer(draws::number(self.fingerprint()).into()).into();
        Some(self.as_constant().unwrap_or_else(drawn))
    }
}

#[diagnostic::do_not_recommend]
impl OrderedField for Term {
    fn relu(&self) -> Self {
        Term::relu(self)
    }
    fn step(&self) -> Self {
        Term::step(self)
    }
    fn largest(first: &Self, rest: &[&Self]) -> Self {
        Term::largest(first, rest)
    }
    fn select(c: &Self, x: &Self, y: &Self) -> Self {
        Term::select(c, x, y)
    }
    /// Numbers compare. A term that is none is drawn a number, by its normal form; nothing is decided of undefined ones.
    fn compare(f: Comparison, x: &Self, y: &Self) -> Option<bool> {
        let order = x.drawn()?.cmp(&y.drawn()?);
        Some(f.holds(Some(order)))
    }
    fn argmax(first: &Self, rest: &[&Self]) -> Option<usize> {
        let all = core::iter::once(&first).chain(rest).map(|x| x.drawn());
        Some(first_of_largest(&all.collect::<Option<Vec<_>>>()?))
    }
}

// Each calls the inherent method of its name, which has the relations.
#[diagnostic::do_not_recommend]
impl Real for Term {
    fn exp(&self) -> Self {
        self.exp()
    }
    fn log(&self) -> Self {
        self.log()
    }
    fn tanh(&self) -> Self {
        self.tanh()
    }
    fn sigmoid(&self) -> Self {
        self.sigmoid()
    }
    fn sqrt(&self) -> Self {
        Term::sqrt(self)
    }
    fn pow(&self, exponent: &Self) -> Self {
        Term::pow(self, exponent)
    }
    /// With the relations that the file of its family says.
    fn function(&self, f: Unary) -> Option<Self> {
        Some(match f.relation()? {
            Relation::Exponential => self.exp(),
            // Of a logarithm only `exp` knows.
            Relation::Logarithm | Relation::Opaque => self.opaque(f),
        })
    }
}
