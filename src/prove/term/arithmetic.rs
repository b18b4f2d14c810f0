//! Sums and products.

use super::accumulator::{Accumulator, cost, sorted};
use super::coefficient::Coefficient;
use super::fuel;
use super::term::{Repr, Summand, Term};
use core::cmp::Ordering;
use core::ops::{Add, Div, Mul, Neg, Sub};
use num_traits::{One, Zero};
use std::sync::Arc;

/// The sum of two sorted sums.
fn merge(xs: &[Summand], ys: &[Summand]) -> Vec<Summand> {
    let mut out = Vec::with_capacity(xs.len() + ys.len());
    let (mut xs, mut ys) = (xs, ys);
    while let (Some((x, xs_left)), Some((y, ys_left))) = (xs.split_first(), ys.split_first()) {
        match x.0.cmp(&y.0) {
            Ordering::Less => {
                out.push(x.clone());
                xs = xs_left;
            }
            Ordering::Greater => {
                out.push(y.clone());
                ys = ys_left;
            }
            Ordering::Equal => {
                let sum = x.1.plus(&y.1);
                if !sum.is_zero() {
                    out.push((x.0.clone(), sum));
                }
                (xs, ys) = (xs_left, ys_left);
            }
        }
    }
    out.extend_from_slice(xs);
    out.extend_from_slice(ys);
    out
}

/// Adds one summand in place.
fn insert(sum: &mut Vec<Summand>, summand: &Summand) {
    match sum.binary_search_by(|(monomial, _)| monomial.cmp(&summand.0)) {
        Err(i) => sum.insert(i, summand.clone()),
        Ok(i) => {
            sum[i].1 = sum[i].1.plus(&summand.1);
            if sum[i].1.is_zero() {
                sum.remove(i);
            }
        }
    }
}

impl Term {
    /// The sum of these terms. Faster than a chain of `+` where there are many.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// let x = Term::indeterminate("x");
    /// assert_eq!(Term::sum([x.clone(), x.clone(), Term::from(1)]).to_string(), "2·x + 1");
    /// ```
    pub fn sum(terms: impl IntoIterator<Item = Term>) -> Self {
        let mut sum = Accumulator::default();
        for term in terms {
            sum.add_term(&term);
        }
        sum.finish()
    }

    /// The sum of the products of these pairs. Faster than a chain of `+` where there are many.
    ///
    /// ```
    /// use cotangent::prove::Term;
    /// let [x, y] = ["x", "y"].map(Term::indeterminate);
    /// assert_eq!(Term::dot([(&x, &y), (&y, &y)]).to_string(), "x·y + y²");
    /// ```
    pub fn dot<'a>(pairs: impl IntoIterator<Item = (&'a Term, &'a Term)>) -> Self {
        let mut sum = Accumulator::default();
        for (x, y) in pairs {
            sum.add_product(x, y);
        }
        sum.finish()
    }

    /// Of two of which one is undefined, the first that is.
    fn undefined_with(&self, other: &Self) -> Self {
        match self.is_undefined() {
            true => self.clone(),
            false => other.clone(),
        }
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        let (Some(xs), Some(ys)) = (self.summands(), other.summands()) else {
            return self.undefined_with(other);
        };
        let (one, many) = match (xs, ys) {
            ([], _) | (_, []) => return Self::zero(),
            ([one], many) | (many, [one]) => (one, many),
            _ => return Self::dot([(self, other)]),
        };
        if one.0.is_one() && one.1.is_one() {
            return if xs.len() == 1 && self.is_one() {
                other.clone()
            } else {
                self.clone()
            };
        }
        if !fuel::spend(cost(xs, ys)) {
            return Self::too_large();
        }
        // Different monomials stay different, so nothing is to be added up.
        let products = many
            .iter()
            .map(|(m, c)| Some((m.times(&one.0)?, c.times(&one.1))));
        products
            .collect::<Option<_>>()
            .map_or_else(Self::too_large, sorted)
    }

    /// This to the power of `n`.
    pub(super) fn power(&self, mut n: u64) -> Self {
        let (mut square, mut power) = (self.clone(), Self::one());
        while n > 0 {
            if n & 1 == 1 {
                power = power.times(&square);
            }
            n >>= 1;
            if n > 0 {
                square = square.times(&square);
            }
        }
        power
    }
}

impl Add for Term {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (mut xs, mut ys) = match (self.0, other.0) {
            (Repr::Sum(xs), Repr::Sum(ys)) => (xs, ys),
            (Repr::Undefined(why), _) | (_, Repr::Undefined(why)) => {
                return Term(Repr::Undefined(why));
            }
        };
        if xs.len() < ys.len() {
            core::mem::swap(&mut xs, &mut ys);
        }
        // A sum moves its summands, which is cheap, and adds up where a sum grows one by one.
        if !ys.is_empty() && !fuel::spend((xs.len() + ys.len()) as u64 / 16) {
            return Self::too_large();
        }
        match ys.as_slice() {
            [] => {}
            // In place, if nobody else holds the sum: so a long sum may be added up one by one.
            [summand] => insert(Arc::make_mut(&mut xs), summand),
            ys => return Self::of_sorted(merge(&xs, ys)),
        }
        Term(Repr::Sum(xs))
    }
}

impl Mul for Term {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        self.times(&other)
    }
}

impl Neg for Term {
    type Output = Self;
    fn neg(self) -> Self {
        match self.0 {
            Repr::Undefined(why) => Term(Repr::Undefined(why)),
            Repr::Sum(mut summands) => {
                for (_, coefficient) in Arc::make_mut(&mut summands) {
                    *coefficient = coefficient.negated();
                }
                Term(Repr::Sum(summands))
            }
        }
    }
}

impl Sub for Term {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

/// `a / b` is `a · recip(b)`: see [`Term::recip`].
impl Div for Term {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        self.times(&other.recip())
    }
}

impl Zero for Term {
    fn zero() -> Self {
        Self::of_sorted(Vec::new())
    }
    fn is_zero(&self) -> bool {
        self.summands().is_some_and(<[_]>::is_empty)
    }
}

impl One for Term {
    fn one() -> Self {
        Self::constant(Coefficient::ONE)
    }
    fn is_one(&self) -> bool {
        matches!(self.summands(), Some([(m, c)]) if m.is_one() && c.is_one())
    }
}
