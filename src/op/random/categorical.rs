//! Random labels, by their logits.

use crate::env::LabelsOf;
use crate::op::{Call, Discrete, LargestAlong, Op, Recorder, Var};
use crate::program::{ArgMax, Literal};
use crate::scalar::{Binary, levels};
use crate::shape::{Axis, AxisDim, If, RemoveAxis, Shape};
use crate::tensor::Key;
use core::marker::PhantomData;

/// The op of [`categorical`]: where the key is, and the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct Categorical<I> {
    key: Discrete<Key>,
    axis: PhantomData<I>,
}

/// `y[.., ..]` is a random place along one axis, which goes: `i` with the probability `softmax(x)[.., i, ..]`. Real scalars.
///
/// Labels below the dim of the axis, as those of [`argmax`](crate::op::argmax()): logits `[B, C]` along `Axis<1>` give `[B] < C`. A
/// logit of `-∞` is never chosen, unless all are. The compiler checks that the axis has an entry. No derivative goes through it.
///
/// It is the place of the largest of `x - log(-log u)`, with `u` as [`uniform`](crate::op::uniform()) draws it: over `f64` the labels
/// of `jax.random.categorical(key, x, axis)` for doubles, for the key as it is [folded](Key::fold_in) here. (A `u` of 0, once in
/// 2^52, is 2^-126 here.)
/// Source: Gumbel, *Statistical Theory of Extreme Values and Some Practical Applications* (1954).
///
/// ```
/// use cotangent::prelude::*;
/// let g: GraphData<f64, _, _, _> = graph!(|logits: [2, 3]; key| -> [2] < 3 { categorical(key, logits, 1) });
/// let none = f64::NEG_INFINITY;
/// let logits = Tensor::from([[none, 0.0, none], [1.0, none, 1.0]]);
/// let y = g.value(&logits, &Key::new(1));
/// assert_eq!(y.as_slice()[0], 1);
/// assert_ne!(y.as_slice()[1], 1);
/// ```
pub fn categorical<const I: usize, S: Shape>(
    key: Discrete<Key>,
    logits: Var<S>,
    _axis: Axis<I>,
) -> Call<Categorical<Axis<I>>, (Var<S>,)> {
    let axis = PhantomData;
    Call::new(Categorical { key, axis }, (logits,))
}

/// The entries of the axis number the places.
type Places<S, I> = LabelsOf<
    <S as AxisDim<I>>::Dim,
    If<<S as RemoveAxis<I>>::Out, <S as LargestAlong<I>>::Largest>,
>;

impl<I: Send + Sync + Clone + 'static, S: LargestAlong<I>> Op<(S,)> for Categorical<I> {
    type Out = Places<S, I>;
    type Level = levels::Real;
    const NAME: &'static str = "categorical";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Discrete<Places<S, I>> {
        // The smallest normal single: log(0) is infinite.
        let smallest = r.full::<S>(Literal::real(f64::from(f32::MIN_POSITIVE)));
        let u: Var<S> = r.prim(Binary::Max, (r.uniform::<S>(self.key), smallest));
        let gumbel = r.neg(r.log(r.neg(r.log(u))));
        r.prim_labels(ArgMax(S::AXIS), (r.add_same(x, gumbel),))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        categorical:
        small(|t: [3, 4], x: [2, 3]; key| gather(t, categorical(key, x, 1)));
        small(|t: [5], x: [5]; key| gather(t, categorical(key, x, 0)));
        middle(|t: [4, 2, 3], x: [5, 4, 6]; key| gather(t, categorical(key, x, 1)));
    }

    graph! {
        fn sampled<B: Dim, C: Positive>(x: [B, C]; key) -> [B] < C where A: Real {
            categorical(key, x, 1)
        }
    }

    #[test]
    fn over_generic_dims() {
        let (large, small) = (1e6_f32, 0.0);
        let x = Tensor::from([[large, small], [small, large]]);
        let y = sampled::<f32, N<2>, N<2>>().value(&x, &Key::new(5));
        assert_eq!(y.as_slice(), [0, 1]);
    }
}
