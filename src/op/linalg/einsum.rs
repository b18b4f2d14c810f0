//! Sums of products with named axes.

use crate::op::{Op, Recorder, Var};
use crate::program::{Contract, Reduction, primitives};
use crate::scalar::levels;
use crate::shape::Shape;
use core::marker::PhantomData;

/// The op of [`einsum!`](crate::einsum), with a result of shape `Out`.
///
/// `y[out] = Σ a[first] b[second]`, over all letters that `out` lacks. Only the macro makes one: it checks the
/// letters, and the function that it expands to has them as dims, so that the compiler checks the shapes.
///
/// Lowered to one product of matrices for each value of the letters that both operands and the result have.
/// JVP: `einsum(da, b) + einsum(a, db)`. VJP: `da` is the einsum of `dy` and `b` with the letters of `a` as its
/// result, repeated along the letters that are in neither; `db` likewise.
#[derive(Clone, Copy, Debug)]
pub struct Einsum<Out> {
    spec: &'static str,
    operands: &'static [&'static str],
    output: &'static str,
    shape: PhantomData<Out>,
}

impl<Out> Einsum<Out> {
    /// For the macro only: the specification as written, and its parts.
    #[doc(hidden)]
    pub const fn __new(
        spec: &'static str,
        operands: &'static [&'static str],
        output: &'static str,
    ) -> Self {
        Einsum {
            spec,
            operands,
            output,
            shape: PhantomData,
        }
    }

    /// The specification, as the user wrote it.
    #[doc(hidden)]
    pub const fn spec(&self) -> &'static str {
        self.spec
    }

    fn first<S>(&self, value: Var<S>) -> Term {
        Term::new(self.operands.first().copied().unwrap_or_default(), value)
    }

    fn second<S>(&self, value: Var<S>) -> Term {
        Term::new(self.operands.get(1).copied().unwrap_or_default(), value)
    }
}

impl<S: Shape, Out: Shape> Op<(S,)> for Einsum<Out> {
    type Out = Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "einsum";

    fn forward(&self, r: &Recorder<levels::Semiring>, (a,): (Var<S>,)) -> Var<Out> {
        sum(r, self.first(a), self.output)
    }
}

impl<S: Shape, R: Shape, Out: Shape> Op<(S, R)> for Einsum<Out> {
    type Out = Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "einsum";

    fn forward(&self, r: &Recorder<levels::Semiring>, (a, b): (Var<S>, Var<R>)) -> Var<Out> {
        sum_of_products(r, self.first(a), self.second(b), self.output)
    }
}

/// A value of the program, with a letter for each of its axes.
struct Term {
    letters: String,
    id: usize,
}

impl Term {
    fn new<S>(letters: &str, value: Var<S>) -> Self {
        Term {
            letters: letters.to_owned(),
            id: value.id(),
        }
    }

    fn has(&self, letter: char) -> bool {
        self.letters.contains(letter)
    }
}

/// Some letters of a term, in its order.
fn letters_of(letters: &str, keep: impl Fn(char) -> bool) -> String {
    letters.chars().filter(|letter| keep(*letter)).collect()
}

/// Records `y[output] = Σ a`, where `a` has every letter of `output`.
fn sum<Out: Shape>(r: &Recorder<levels::Semiring>, a: Term, output: &str) -> Var<Out> {
    let a = sum_out(r, a, |letter| output.contains(letter));
    r.typed(in_order(r, output, a).id)
}

/// Records `y[output] = Σ a b`, as one contraction of what is left when the letters of one operand alone are summed.
fn sum_of_products<Out: Shape>(
    r: &Recorder<levels::Semiring>,
    a: Term,
    b: Term,
    output: &str,
) -> Var<Out> {
    let in_output = |letter| output.contains(letter);
    let a = sum_out(r, a, |letter| in_output(letter) || b.has(letter));
    let b = sum_out(r, b, |letter| in_output(letter) || a.has(letter));
    let labels =
        |letters: &str| -> Vec<usize> { letters.chars().map(|letter| letter as usize).collect() };
    let contract = Contract::new(labels(&a.letters), labels(&b.letters), labels(output));
    r.typed(r.untyped(contract, &[a.id, b.id]))
}

/// The sum along the letters that are not kept.
fn sum_out(r: &Recorder<levels::Semiring>, term: Term, keep: impl Fn(char) -> bool) -> Term {
    let axes = term.letters.chars().enumerate();
    let axes: Vec<_> = axes
        .filter(|(_, letter)| !keep(*letter))
        .map(|(axis, _)| axis)
        .collect();
    if axes.is_empty() {
        return term;
    }
    Term {
        letters: letters_of(&term.letters, keep),
        id: r.untyped(primitives::Reduce(Reduction::Sum, axes), &[term.id]),
    }
}

/// The term with its letters in another order.
fn in_order(r: &Recorder<levels::Semiring>, letters: &str, term: Term) -> Term {
    if letters == term.letters {
        return term;
    }
    let axes = letters
        .chars()
        .filter_map(|letter| term.letters.find(letter));
    Term {
        letters: letters.to_owned(),
        id: r.untyped(primitives::Permute(axes.collect()), &[term.id]),
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        einsum_of_one:
        small(|a: [5, 7]| einsum!("ij->j", a));
        small(|a: [2, 3, 4]| einsum!("ijk->ki", a));
        middle(|a: [3, 4, 5]| einsum!("ijk->ki", a));
        ranks("the letters say the ranks");
    }

    law_tests! {
        einsum_of_two:
        small(|a: [6, 7], b: [7]| einsum!("ij,j->i", a, b));
        small(|a: [2, 3, 4], b: [4, 5, 2]| einsum!("bij,jkb->kb", a, b));
        middle(|a: [4, 3, 2], b: [2, 5, 4]| einsum!("bij,jkb->kb", a, b));
        ranks("the letters say the ranks");
    }
}
