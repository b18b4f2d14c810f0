//! An [`Interval`] is a real scalar.

use super::interval::Interval;
use crate::scalar::functions::function::RealFunction;
use crate::scalar::functions::{Exp, Log, Sigmoid, Sqrt, Tanh};
use crate::scalar::{
    Agreement, Comparison, Field, Kernels, Literal, OrderedField, Precision, Real, RealScalar,
    Ring, Sample, Semiring, Unary,
};
use core::cmp::Ordering;

impl PartialOrd for Interval {
    /// What is true of all members: less if `self` ends before `other` begins, equal if both are one and the same
    /// point. Otherwise undecided, even for an interval and itself: `==` asks whether the bounds are the same.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        if self.hi < other.lo {
            Some(Ordering::Less)
        } else if self.lo > other.hi {
            Some(Ordering::Greater)
        } else if self.point().is_some() && self == other {
            Some(Ordering::Equal)
        } else {
            None
        }
    }
}

#[diagnostic::do_not_recommend]
impl Semiring for Interval {
    const EXACT: bool = false;
    fn kernels() -> &'static dyn Kernels<Self> {
        &RealScalar
    }
    /// Contains the members and what they are rounded to: a run in singles and an exact one.
    fn rounded(&self, precision: Precision) -> Self {
        let nearest = |x: f64| Self::from(x.rounded(precision));
        self.hull(nearest(self.lo)).hull(nearest(self.hi))
    }
}

#[diagnostic::do_not_recommend]
impl Ring for Interval {}

#[diagnostic::do_not_recommend]
impl Field for Interval {
    /// Contains the literal: a ratio is rounded outward, a double is a point.
    fn from_literal(literal: Literal) -> Self {
        match literal {
            Literal::Ratio(n, d) => Self::integer(n.into()) / Self::integer(d.into()),
            Literal::Real(value) => Self::from(value),
        }
    }
}

#[diagnostic::do_not_recommend]
impl OrderedField for Interval {
    fn relu(&self) -> Self {
        Interval::relu(self)
    }
    fn step(&self) -> Self {
        Interval::step(self)
    }
    fn largest(first: &Self, rest: &[&Self]) -> Self {
        Interval::largest(first, rest)
    }
    fn select(c: &Self, x: &Self, y: &Self) -> Self {
        Interval::select(c, x, y)
    }
    /// What is so for all members.
    fn compare(f: Comparison, x: &Self, y: &Self) -> Option<bool> {
        let (always, never) = match f {
            Comparison::Less => (x.hi < y.lo, x.lo >= y.hi),
            Comparison::LessEqual => (x.hi <= y.lo, x.lo > y.hi),
            Comparison::Equal => (x.point().is_some() && x == y, !x.overlaps(*y)),
        };
        (always || never).then_some(always)
    }
    /// The place of an interval no member of which is less than one of another, or equal to one of an earlier.
    fn argmax(first: &Self, rest: &[&Self]) -> Option<usize> {
        let all: Vec<&Self> = core::iter::once(first)
            .chain(rest.iter().copied())
            .collect();
        (0..all.len()).find(|&i| {
            let (before, after) = (&all[..i], &all[i + 1..]);
            before.iter().all(|x| x.hi < all[i].lo) && after.iter().all(|x| x.hi <= all[i].lo)
        })
    }
}

/// By the enclosures of the functions: see `enclosure.rs`.
#[diagnostic::do_not_recommend]
impl Real for Interval {
    fn exp(&self) -> Self {
        Exp::enclosure(*self)
    }
    fn log(&self) -> Self {
        Log::enclosure(*self)
    }
    fn tanh(&self) -> Self {
        Tanh::enclosure(*self)
    }
    fn sigmoid(&self) -> Self {
        Sigmoid::enclosure(*self)
    }
    fn sqrt(&self) -> Self {
        Sqrt::enclosure(*self)
    }
    fn pow(&self, exponent: &Self) -> Self {
        Interval::pow(self, exponent)
    }
    fn function(&self, f: Unary) -> Option<Self> {
        f.enclosure(*self)
    }
}

impl Sample for Interval {
    /// Around a random double, at most a thousandth wide, without 0.
    fn sample(rng: &mut fastrand::Rng) -> Self {
        let size = Self::sample_positive(rng);
        if rng.bool() { size } else { -size }
    }
    fn sample_positive(rng: &mut fastrand::Rng) -> Self {
        let lo = f64::sample_positive(rng);
        Self::bounds(lo, lo + rng.f64() / 1024.0)
    }
    /// Equal if they overlap: both contain the true result. Undefined if one is unbounded.
    fn agreement(&self, other: &Self) -> Agreement {
        if !(self.width().is_finite() && other.width().is_finite()) {
            Agreement::Undefined
        } else if self.overlaps(*other) {
            Agreement::Equal
        } else {
            Agreement::Differ
        }
    }
}
