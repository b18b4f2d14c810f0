//! The work of typed tensors over their elements. It knows no shape, so that it is compiled once for a scalar and not once
//! for each shape.

use crate::scalar::{Field, Literal, OrderedField, Semiring};

/// `f` of each element.
pub(super) fn map<A, B>(x: &[A], f: impl FnMut(&A) -> B) -> Vec<B> {
    x.iter().map(f).collect()
}

/// `f` of each pair of elements.
pub(super) fn zip<A, B, C>(x: &[A], y: &[B], mut f: impl FnMut(&A, &B) -> C) -> Vec<C> {
    x.iter().zip(y).map(|(x, y)| f(x, y)).collect()
}

/// The sum of the products.
pub(super) fn dot<A: Semiring>(x: &[A], y: &[A]) -> A {
    let pairs = x.iter().zip(y);
    pairs.fold(A::zero(), |sum, (x, y)| sum + x.clone() * y.clone())
}

/// The sum.
pub(super) fn sum<A: Semiring>(x: &[A]) -> A {
    x.iter().fold(A::zero(), |sum, x| sum + x.clone())
}

/// The mean, as the op has it: of no element NaN over floats and 0 over rationals.
pub(super) fn mean<A: Field>(x: &[A]) -> A {
    sum(x) * A::from_literal(Literal::ratio(1, x.len() as u64))
}

/// The place of the first of the largest. `None` of no element, and where the scalar cannot decide.
pub(super) fn argmax<A: OrderedField>(x: &[A]) -> Option<usize> {
    let (first, rest) = x.split_first()?;
    A::argmax(first, &rest.iter().collect::<Vec<_>>())
}
