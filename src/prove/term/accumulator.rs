//! Sums of many terms and products.

use super::coefficient::Coefficient;
use super::fuel;
use super::term::{Monomial, Repr, Summand, Term};
use super::undefined::Undefined;
use num_traits::One;
use std::collections::HashMap;

/// A sum that is being computed: unlike a chain of `+`, it does not go through all summands at each step.
#[derive(Default)]
pub(super) struct Accumulator {
    summands: HashMap<Monomial, Coefficient>,
    undefined: Option<Undefined>,
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

    /// The first reason stays.
    fn fail(&mut self, why: Undefined) {
        self.undefined.get_or_insert(why);
    }

    pub(super) fn add_term(&mut self, term: &Term) {
        match &term.0 {
            Repr::Sum(summands) => summands.iter().cloned().for_each(|(m, c)| self.add(m, c)),
            Repr::Undefined(why) => self.fail(why.clone()),
        }
    }

    pub(super) fn add_product(&mut self, x: &Term, y: &Term) {
        let (xs, ys) = match (&x.0, &y.0) {
            (Repr::Undefined(why), _) | (_, Repr::Undefined(why)) => return self.fail(why.clone()),
            (Repr::Sum(xs), Repr::Sum(ys)) => (xs, ys),
        };
        if x.is_one() {
            return self.add_term(y);
        }
        if y.is_one() {
            return self.add_term(x);
        }
        if self.undefined.is_some() {
            return;
        }
        if !fuel::spend(cost(xs, ys)) {
            return self.fail(Undefined::TooLarge);
        }
        for x in xs.iter() {
            for y in ys.iter() {
                match x.0.times(&y.0) {
                    Some(monomial) => self.add(monomial, x.1.times(&y.1)),
                    None => {
                        fuel::exhaust();
                        return self.fail(Undefined::TooLarge);
                    }
                }
            }
        }
    }

    pub(super) fn finish(self) -> Term {
        if let Some(why) = self.undefined {
            return Term(Repr::Undefined(why));
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
pub(super) fn cost(xs: &[Summand], ys: &[Summand]) -> u64 {
    let weight = |summands: &[Summand]| summands.iter().map(|(_, c)| c.weight()).sum::<u64>();
    weight(xs).saturating_mul(weight(ys))
}

/// The sum of these, which are different monomials in any order.
pub(super) fn sorted(mut summands: Vec<Summand>) -> Term {
    summands.sort_unstable_by(|(m, _), (n, _)| m.cmp(n));
    Term::of_sorted(summands)
}
