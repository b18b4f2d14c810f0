//! Products of atoms.

use super::term::{Atom, Monomial};
use core::cmp::Ordering;
use std::sync::Arc;

impl Monomial {
    /// The empty product.
    pub(super) fn one() -> Self {
        Monomial(Arc::new([]))
    }

    /// `atom` to the power of `exponent`.
    pub(super) fn of(atom: Atom, exponent: i64) -> Self {
        if exponent == 0 {
            return Self::one();
        }
        Monomial(Arc::new([(atom, exponent)]))
    }

    pub(super) fn is_one(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn factors(&self) -> &[(Atom, i64)] {
        &self.0
    }

    /// The exponent of `atom`; 0 if it does not occur.
    pub(super) fn exponent(&self, atom: &Atom) -> i64 {
        match self.0.binary_search_by(|(a, _)| a.cmp(atom)) {
            Ok(i) => self.0[i].1,
            Err(_) => 0,
        }
    }

    /// The product; `None` if an exponent does not fit.
    pub(super) fn times(&self, other: &Self) -> Option<Self> {
        if self.is_one() {
            return Some(other.clone());
        }
        if other.is_one() {
            return Some(self.clone());
        }
        let mut out = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut xs, mut ys) = (&*self.0, &*other.0);
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
                    let exponent = x.1.checked_add(y.1)?;
                    if exponent != 0 {
                        out.push((x.0.clone(), exponent));
                    }
                    (xs, ys) = (xs_left, ys_left);
                }
            }
        }
        out.extend_from_slice(xs);
        out.extend_from_slice(ys);
        Some(Monomial(out.into()))
    }

    /// This without `atom`.
    pub(super) fn without(&self, atom: &Atom) -> Self {
        let rest = self.0.iter().filter(|(a, _)| a != atom);
        Monomial(rest.cloned().collect())
    }

    /// The reciprocal, by negation of exponents; `None` if one has no negative.
    pub(super) fn inverted(&self) -> Option<Self> {
        let factors = self
            .0
            .iter()
            .map(|(a, e)| Some((a.clone(), e.checked_neg()?)));
        Some(Monomial(factors.collect::<Option<Vec<_>>>()?.into()))
    }

    /// The sum of the exponents.
    pub(super) fn degree(&self) -> i128 {
        self.0.iter().map(|(_, e)| i128::from(*e)).sum()
    }
}

/// The largest monomial that divides each of these, in the sense that all exponents that are left are from 0 on.
pub(super) fn content<'a>(monomials: impl Iterator<Item = &'a Monomial> + Clone) -> Monomial {
    let mut atoms: Vec<&Atom> = Vec::new();
    for monomial in monomials.clone() {
        // An atom that is not in every monomial counts only for its negative exponents.
        let negative = monomial.factors().iter().filter(|(_, e)| *e < 0);
        atoms.extend(negative.map(|(a, _)| a));
    }
    if let Some(first) = monomials.clone().next() {
        atoms.extend(first.factors().iter().map(|(a, _)| a));
    }
    atoms.sort();
    atoms.dedup();
    let least = |atom: &Atom| {
        monomials
            .clone()
            .map(|m| m.exponent(atom))
            .min()
            .unwrap_or(0)
    };
    let factors = atoms.into_iter().map(|atom| (atom.clone(), least(atom)));
    Monomial(factors.filter(|(_, e)| *e != 0).collect())
}
