//! Random truths.

use crate::dim::N;
use crate::env::LabelsOf;
use crate::op::{Call, Discrete, Op, Recorder, Var, Vars};
use crate::program::{Compare, Literal};
use crate::scalar::{Comparison, levels};
use crate::shape::Shape;
use crate::tensor::Key;
use core::fmt;
use core::marker::PhantomData;

/// The op of [`bernoulli`]: where the key is, the probability if it is a number, and the shape `S`.
pub struct Bernoulli<S, P> {
    key: Discrete<Key>,
    probability: P,
    shape: PhantomData<fn() -> S>,
}

impl<S, P: Copy> Clone for Bernoulli<S, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, P: Copy> Copy for Bernoulli<S, P> {}

impl<S, P: fmt::Debug> fmt::Debug for Bernoulli<S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tuple = f.debug_tuple("Bernoulli");
        tuple.field(&self.key).field(&self.probability).finish()
    }
}

/// Random labels below 2, in the shape `S`: 1 with the probability `p`, else 0. Any ordered field.
///
/// The probability is a number, `bernoulli::<shape![3], _>(key, 0.5)`, or a tensor with one for each label, whose shape it has. A
/// label is `uniform < p`: over `f64` that of `jax.random.bernoulli(key, p)` for doubles, for the key as it is
/// [folded](Key::fold_in) here. Of a tensor, a `p` of 0 or less gives 0, one of 1 or more gives 1, and a NaN gives 0. No derivative
/// goes through it. [`select`](crate::op::select) takes the labels, and [`to_scalar`](crate::op::to_scalar) makes numbers of them.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|logits: [2, 100]; key| mean_axis(to_scalar(bernoulli(key, sigmoid(logits))), 1));
/// let logits = Tensor::<f64, _>::from_fn(|[i, _]| if i == 0 { 1000.0 } else { 0.0 });
/// let share = g.value(&logits, &Key::new(1));
/// assert!(share[[0]] == 1.0 && (share[[1]] - 0.5).abs() < 0.2);
/// ```
///
/// # Panics
/// If a number is no probability: not from 0 to 1.
#[track_caller]
pub fn bernoulli<S: Shape, P: Probability<S>>(
    key: Discrete<Key>,
    p: P,
) -> Call<Bernoulli<S, P::Kept>, P::Vars> {
    let (probability, vars) = p.checked();
    let op = Bernoulli {
        key,
        probability,
        shape: PhantomData,
    };
    Call::new(op, vars)
}

/// A probability of each label of shape `S`: a number, or a tensor of this shape.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no probability of labels of the shape `{S}`",
    label = "expected a number, or a tensor of the shape of the labels"
)]
pub trait Probability<S: Shape> {
    /// What the op keeps of it: the number.
    #[doc(hidden)]
    type Kept: Copy + fmt::Debug + Send + Sync + 'static;
    /// What the op takes: the tensor.
    #[doc(hidden)]
    type Vars: Vars;
    /// Both.
    #[track_caller]
    fn checked(self) -> (Self::Kept, Self::Vars);
}

#[diagnostic::do_not_recommend]
impl<S: Shape> Probability<S> for Var<S> {
    type Kept = ();
    type Vars = (Var<S>,);
    fn checked(self) -> ((), Self::Vars) {
        ((), (self,))
    }
}

#[diagnostic::do_not_recommend]
impl<S: Shape, L: Into<Literal>> Probability<S> for L {
    type Kept = Literal;
    type Vars = ();
    fn checked(self) -> (Literal, ()) {
        let p = self.into();
        assert!(
            (0.0..=1.0).contains(&p.to_f64()),
            "bernoulli with p = {p}: expected a probability from 0 to 1"
        );
        (p, ())
    }
}

/// Labels of the shape `S`.
type Truths<S> = LabelsOf<N<2>, S>;
type R = Recorder<levels::OrderedField>;

impl<S, P> Bernoulli<S, P> {
    fn below(&self, r: &R, p: Var<S>) -> Discrete<Truths<S>>
    where
        S: Shape,
    {
        r.prim_labels(Compare(Comparison::Less), (r.uniform::<S>(self.key), p))
    }
}

impl<S: Shape> Op<(S,)> for Bernoulli<S, ()> {
    type Out = Truths<S>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "bernoulli";

    fn forward(&self, r: &R, (p,): (Var<S>,)) -> Discrete<Truths<S>> {
        self.below(r, p)
    }
}

impl<S: Shape> Op<()> for Bernoulli<S, Literal> {
    type Out = Truths<S>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "bernoulli";

    fn forward(&self, r: &R, (): ()) -> Discrete<Truths<S>> {
        self.below(r, r.full(self.probability))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        bernoulli:
        small(|x: [2, 3]; key| x * to_scalar(bernoulli(key, x)));
        small(|x: [4]; key| x * to_scalar(bernoulli::<shape![4], _>(key, { 0.5 })));
        middle(|x: [3, 2, 4]; key| x * to_scalar(bernoulli::<shape![3, 2, 4], _>(key, { 0.25 })));
    }

    /// None, all, and beyond; of a tensor what is no probability is no error.
    #[test]
    fn the_ends() {
        let g = graph!(|p: [5]; key| -> ([5] < 2, [3] < 2, [3] < 2) {
            (bernoulli(key, p), bernoulli::<shape![3], _>(key, 0), bernoulli::<shape![3], _>(key, 1.0))
        });
        for seed in 0..20 {
            let p = Tensor::from([-0.5, 0.0, 1.0, 1.5, f64::NAN]);
            let (of_tensor, none, all) = g.value(&p, &Key::new(seed));
            assert_eq!(of_tensor.as_slice(), [0, 0, 1, 1, 0]);
            assert_eq!(
                (none.as_slice(), all.as_slice()),
                (&[0; 3][..], &[1; 3][..])
            );
        }
    }

    #[test]
    #[should_panic(expected = "bernoulli with p = 1.5: expected a probability from 0 to 1")]
    fn more_than_certain_is_refused() {
        let g: GraphData<f64, _, _, _> =
            graph!(|; key| to_scalar(bernoulli::<shape![3], _>(key, { 1.5 })));
        let _ = g.value((), &Key::new(0));
    }
}
