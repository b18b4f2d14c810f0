//! A [`Term`] is a real scalar.

use super::coefficient::Coefficient;
use super::term::Term;
use crate::prove::draws::{self, Comparand};
use crate::scalar::{
    Comparison, Field, Kernels, Literal, OrderedField, Real, RealScalar, Relation, Ring, Semiring,
    Unary,
};

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
        match Coefficient::of_literal(literal) {
            Some(number) => number.to_big().into(),
            None => Self::of_no_number(literal),
        }
    }
}

impl Term {
    /// The number that it is, or else what stands for one that is drawn: the same for equal normal forms.
    fn comparand(&self) -> Option<Comparand> {
        if self.is_undefined() {
            return None;
        }
        let drawn = || Comparand::Drawn(self.fingerprint());
        Some(self.as_constant().map_or_else(drawn, Comparand::Known))
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
    /// Numbers compare. For a term that is none a number is drawn; nothing is decided of undefined ones.
    fn compare(f: Comparison, x: &Self, y: &Self) -> Option<bool> {
        let order = draws::order(&x.comparand()?, &y.comparand()?);
        Some(f.holds(Some(order)))
    }
    fn argmax(first: &Self, rest: &[&Self]) -> Option<usize> {
        let all = core::iter::once(&first).chain(rest);
        let all: Option<Vec<_>> = all.map(|x| x.comparand()).collect();
        Some(draws::largest(&all?))
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
