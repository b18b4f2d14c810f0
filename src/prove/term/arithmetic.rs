//! Sums and products.

use super::coefficient::Coefficient;
use super::fuel;
use super::monomial::Monomial;
use super::term::{Repr, Summand, Term};
use core::cmp::Ordering;
use core::ops::{Add, Div, Mul, Neg, Sub};
use num_traits::{One, Zero};
use std::collections::HashMap;
use std::sync::Arc;

/// A sum that is being computed: unlike a chain of `+`, it does not go through all summands at each step.
#[derive(Default)]
struct Accumulator {
    summands: HashMap<Monomial, Coefficient>,
    undefined: bool,
}

impl Accumulator {
    fn add(&mut self, monomial: Monomial, coefficient: Coefficient) {
        use std::collections::hash_map::Entry;
        match self.summands.entry(monomial) {
            Entry::Occupied(mut entry) => {
                let sum = entry.get().plus(&coefficient);
                entry.insert(sum);
            }
            Entry::Vacant(entry) => {
                entry.insert(coefficient);
            }
        }
    }

    fn add_term(&mut self, term: &Term) {
        match term.summands() {
            Some(summands) => summands.iter().cloned().for_each(|(m, c)| self.add(m, c)),
            None => self.undefined = true,
        }
    }

    fn add_product(&mut self, x: &Term, y: &Term) {
        let (Some(xs), Some(ys)) = (x.summands(), y.summands()) else {
            self.undefined = true;
            return;
        };
        if x.is_one() {
            return self.add_term(y);
        }
        if y.is_one() {
            return self.add_term(x);
        }
        self.undefined |= self.undefined || !fuel::spend(cost(xs, ys));
        if self.undefined {
            return;
        }
        for x in xs {
            for y in ys {
                match x.0.times(&y.0) {
                    Some(monomial) => self.add(monomial, x.1.times(&y.1)),
                    None => {
                        self.undefined = true;
                        return;
                    }
                }
            }
        }
    }

    fn finish(self) -> Term {
        if self.undefined {
            return Term::undefined();
        }
        let summands = self.summands.into_iter();
        sorted(
            summands
                .filter(|(_, coefficient)| !coefficient.is_zero())
                .collect(),
        )
    }
}

/// What the product of these costs: the number of pairs, counted by the size of their coefficients.
fn cost(xs: &[Summand], ys: &[Summand]) -> u64 {
    let weight = |summands: &[Summand]| summands.iter().map(|(_, c)| c.weight()).sum::<u64>();
    weight(xs).saturating_mul(weight(ys))
}

/// The sum of these, which are different monomials in any order.
fn sorted(mut summands: Vec<Summand>) -> Term {
    summands.sort_unstable_by(|(m, _), (n, _)| m.cmp(n));
    Term::of_sorted(summands)
}

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

    pub(super) fn times(&self, other: &Self) -> Self {
        let (Some(xs), Some(ys)) = (self.summands(), other.summands()) else {
            return Self::undefined();
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
            return Self::undefined();
        }
        // Different monomials stay different, so nothing is to be added up.
        let products = many
            .iter()
            .map(|(m, c)| Some((m.times(&one.0)?, c.times(&one.1))));
        products
            .collect::<Option<_>>()
            .map_or_else(Self::undefined, sorted)
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
        let (Repr::Sum(mut xs), Repr::Sum(mut ys)) = (self.0, other.0) else {
            return Self::undefined();
        };
        if xs.len() < ys.len() {
            core::mem::swap(&mut xs, &mut ys);
        }
        // A sum moves its summands, which is cheap, and adds up where a sum grows one by one.
        if !ys.is_empty() && !fuel::spend((xs.len() + ys.len()) as u64 / 16) {
            return Self::undefined();
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
            Repr::Undefined => self,
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
