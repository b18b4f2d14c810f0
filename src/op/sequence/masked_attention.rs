//! Attention to what a mask says.

use super::heads::{AttendsTo, Heads};
use super::mask::{AllowedOf, Allows, Causal, ScoresOf};
use crate::op::{Call, Op, Recorder, Var, Vars};
use crate::scalar::levels;
use crate::shape::{If, SameShape, Shape};
use core::fmt::Debug;

/// The op of [`masked_attention`]: what of its mask is no tensor.
#[derive(Clone, Copy, Debug)]
pub struct MaskedAttention<A>(A);

/// `y = softmax(q kᵀ / √K + scores) v` for each head, over the keys that a mask allows. Real scalars.
///
/// Shapes and groups of queries are as in [`attention`](fn@crate::op::attention). `mask` is one of these, or a tuple of several in this order:
///
/// | mask | what it says | shapes |
/// | --- | --- | --- |
/// | [`Causal`] | no time attends to a later one | |
/// | labels below 2 | a query attends to a key where the label is 1: a comparison, or of the environment | `(U,)`: the same for all queries, as for padding; `(T, U)`: for all heads; `(H, T, U)`. All after the batch, if there is one |
/// | a tensor | is added to the scores: relative positions, ALiBi. VJP: the cotangents of the scores, summed where it is repeated | `(T, U)`, `(H, T, U)`, `(B, H, T, U)` |
///
/// Of groups `(T, H, G, K)` the heads are `H, G`. What is not attended to is not read: a score there may be infinite or NaN, and has
/// the derivative 0; its entry of `v` has the weight 0, so that an infinite or NaN one makes the row NaN. A query that attends
/// to nothing has 0 in `y` and in its derivatives. So has one of which all scores are -∞, or at most -10³⁸: to add -∞ is to mask.
/// Sources: Vaswani et al., *Attention Is All You Need* (2017), 3.2; Press et al., *Train Short, Test Long* (2021).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|q: [2, 1, 1], k: [3, 1, 1], v: [3, 1, 1]; mask: [2, 3] < 2| masked_attention(q, k, v, mask));
/// let v = Tensor::from([[[1.0]], [[2.0]], [[6.0]]]);
/// let mask = Labels::new([1, 0, 1, 0, 0, 0])?; // the second query attends to nothing
/// let y = g.value(&tlist![Tensor::zeros(), Tensor::zeros(), v.clone()], &tlist![mask]);
/// assert_eq!(y, Tensor::from([[[3.5]], [[0.0]]]));
///
/// // ALiBi: each head has a slope, by which a score is less the farther its key is.
/// let g = graph!(|q: [2, 1, 1], k: [2, 1, 1], v: [2, 1, 1], slope: [1]| {
///     let query = to_scalar(iota::<shape![2, 2], Axis<0>>());
///     let key = to_scalar(iota::<shape![2, 2], Axis<1>>());
///     let far: [1, 2, 2] = einsum!("h,tu->htu", slope, query - key);
///     masked_attention(q, k, v, (Causal, -far))
/// });
/// let v = Tensor::from([[[0.0]], [[1.0]]]);
/// let y = g.value(&tlist![Tensor::zeros(), Tensor::zeros(), v, Tensor::from([3.0_f64.ln()])], ());
/// assert!((y[[1, 0, 0]] - 0.75).abs() < 1e-15); // weights 1/3 and 1, over 4/3
/// # Ok::<(), LabelsError>(())
/// ```
pub fn masked_attention<Q: Shape, K: Shape, V: Shape, M: AttentionMask>(
    q: Var<Q>,
    k: Var<K>,
    v: Var<V>,
    mask: M,
) -> Call<MaskedAttention<M::Allowed>, M::With<Q, K, V>> {
    let (allowed, vars) = mask.beside(q, k, v);
    Call::new(MaskedAttention(allowed), vars)
}

/// A mask of [`masked_attention`]: labels below 2, a tensor of scores, or a tuple of [`Causal`] and one or both of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no mask of an attention",
    label = "expected labels below 2, a tensor that is added to the scores, or `(Causal, mask)`; docs/errors.md#h07"
)]
pub trait AttentionMask {
    /// What the op keeps of it: what is no tensor.
    #[doc(hidden)]
    type Allowed: Copy + Debug + Send + Sync + 'static;
    /// What the op takes: queries, keys and values, and the tensor.
    #[doc(hidden)]
    type With<Q: Shape, K: Shape, V: Shape>: Vars;
    /// Both.
    fn beside<Q: Shape, K: Shape, V: Shape>(
        self,
        q: Var<Q>,
        k: Var<K>,
        v: Var<V>,
    ) -> (Self::Allowed, Self::With<Q, K, V>);
}

macro_rules! mask {
    ([$($generic:tt)*] $Mask:ty, $mask:pat => $allowed:expr, $Allowed:ty $(, $scores:expr, $S:ty)?) => {
        #[diagnostic::do_not_recommend]
        impl<$($generic)*> AttentionMask for $Mask {
            type Allowed = $Allowed;
            type With<Q: Shape, K: Shape, V: Shape> = (Var<Q>, Var<K>, Var<V> $(, Var<$S>)?);
            fn beside<Q: Shape, K: Shape, V: Shape>(
                self,
                q: Var<Q>,
                k: Var<K>,
                v: Var<V>,
            ) -> (Self::Allowed, Self::With<Q, K, V>) {
                let $mask = self;
                ($allowed, (q, k, v $(, $scores)?))
            }
        }
    };
}

mask!([M: Shape] Allows<M>, mask => mask, Allows<M>);
mask!([S: Shape] Var<S>, scores => (), (), scores, S);
mask!([M: Shape, S: Shape] (Allows<M>, Var<S>), (mask, scores) => mask, Allows<M>, scores, S);
mask!([M: Shape] (Causal, Allows<M>), mask => mask, (Causal, Allows<M>));
mask!([S: Shape] (Causal, Var<S>), (causal, scores) => causal, Causal, scores, S);
mask!([M: Shape, S: Shape] (Causal, Allows<M>, Var<S>), (causal, mask, scores) => (causal, mask), (Causal, Allows<M>), scores, S);

impl<A> MaskedAttention<A> {
    /// The heads of these queries and keys, with what the mask allows.
    fn heads<Q: Shape, K: Shape>(&self, r: &Recorder) -> Heads
    where
        A: AllowedOf<Q, K>,
    {
        let mut heads = Heads::of::<Q, K>();
        let (batch, rank) = (heads.batch(), heads.rank());
        heads.causal = A::CAUSAL;
        // The batch, and the last.
        let axes = |mask: usize| (0..batch).chain(rank + batch - mask..rank).collect();
        heads.mask = self.0.mask(r).map(|(mask, axes_of)| (mask, axes(axes_of)));
        heads
    }
}

impl<Q, K, V, A> Op<(Q, K, V)> for MaskedAttention<A>
where
    Q: AttendsTo<K>,
    K: SameShape<V>,
    V: Shape,
    A: AllowedOf<Q, K>,
{
    type Out = If<
        (
            <Q as AttendsTo<K>>::Checked,
            <K as SameShape<V>>::Checked,
            A::Checked,
        ),
        Q,
    >;
    type Level = levels::Real;
    const NAME: &'static str = "masked_attention";

    fn forward(&self, r: &Recorder, (q, k, v): (Var<Q>, Var<K>, Var<V>)) -> Var<Q> {
        self.heads::<Q, K>(r).attend(r, [q.id(), k.id(), v.id()])
    }
}

impl<Q, K, V, S, A> Op<(Q, K, V, S)> for MaskedAttention<A>
where
    Q: AttendsTo<K>,
    K: SameShape<V>,
    V: Shape,
    S: ScoresOf<Q, K>,
    A: AllowedOf<Q, K>,
{
    type Out = If<
        (
            <Q as AttendsTo<K>>::Checked,
            <K as SameShape<V>>::Checked,
            S::Checked,
            A::Checked,
        ),
        Q,
    >;
    type Level = levels::Real;
    const NAME: &'static str = "masked_attention";

    fn forward(&self, r: &Recorder, (q, k, v, scores): (Var<Q>, Var<K>, Var<V>, Var<S>)) -> Var<Q> {
        let mut heads = self.heads::<Q, K>(r);
        let rank = heads.rank();
        heads.scores = Some((scores.id(), (rank - S::RANK..rank).collect()));
        heads.attend(r, [q.id(), k.id(), v.id()])
    }
}

#[cfg(test)]
mod tests {
    use crate::op::sequence::attention::tests::{assert_near, by_hand, random};
    use crate::prelude::*;

    law_tests! {
        masked_attention:
        small(|q: [2, 3, 2], k: [4, 3, 2], v: [4, 3, 2]; mask: [2, 4] < 2| masked_attention(q, k, v, mask));
        small(|q: [3, 2, 4], k: [2, 2, 4], v: [2, 2, 4]; mask: [3, 2] < 2| masked_attention(q, k, v, mask));
        middle(|q: [2, 4, 3, 5], k: [2, 7, 3, 5], v: [2, 7, 3, 5], s: [3, 4, 7]; mask: [2, 7] < 2| {
            masked_attention(q, k, v, (Causal, mask, s))
        });
        like_axes("seven different sizes are 60 elements a tensor and more");
        ranks("of one sequence, or of a batch of them");
    }

    law_tests! {
        masked_attention_scores:
        small(|q: [2, 3, 2], k: [4, 3, 2], v: [4, 3, 2], s: [2, 4]| masked_attention(q, k, v, s));
        small(|q: [3, 2, 4], k: [2, 2, 4], v: [2, 2, 4], s: [3, 2]| masked_attention(q, k, v, s));
        middle(|q: [2, 4, 3, 5], k: [2, 7, 3, 5], v: [2, 7, 3, 5], s: [3, 4, 7]; mask: [2, 4, 7] < 2| {
            masked_attention(q, k, v, (mask, s))
        });
        like_axes("seven different sizes are 60 elements a tensor and more");
        ranks("of one sequence, or of a batch of them");
    }

    /// All three, each with other axes: padding, distances for each head, and no later time.
    #[test]
    fn all_masks_by_hand() {
        let g = graph!(|q: [2, 3, 2, 2, 2], k: [2, 4, 2, 2], v: [2, 4, 2, 2], s: [2, 2, 3, 4]; mask: [2, 4] < 2| {
            masked_attention(q, k, v, (Causal, mask, s))
        });
        let (q, k, v, s) = (
            random(1),
            random(2),
            random(3),
            random::<shape![2, 2, 3, 4]>(4),
        );
        let mask = [1, 0, 1, 1, 0, 1, 1, 0];
        let y = g.value(
            &tlist![q.clone(), k.clone(), v.clone(), s.clone()],
            &tlist![Labels::new(mask).unwrap()],
        );
        let (q, k, v) = (q.to_any(), k.to_any(), v.to_any());
        let expected = by_hand(
            [&q, &k, &v],
            1,
            |[b, _, t, u]| u <= t + 1 && mask[4 * b + u] == 1,
            |[_, head, t, u]| s[[head / 2, head % 2, t, u]],
        );
        assert_near(y.as_slice(), &expected);
    }

    /// A mask of each query and key, and of each head, that another op computes.
    #[test]
    fn computed_masks() {
        let g = graph!(|q: [2, 3, 2], k: [4, 3, 2], v: [4, 3, 2], s: [3, 2, 4]| -> ([2, 3, 2], [2, 3, 2]) {
            let far = sum_axis(s, 0);
            (masked_attention(q, k, v, greater(far, 0.0)), masked_attention(q, k, v, (less(s, 0.5), s)))
        });
        let (q, k, v, s) = (
            random(1),
            random(2),
            random(3),
            random::<shape![3, 2, 4]>(4),
        );
        let (y, z) = g.value(&tlist![q.clone(), k.clone(), v.clone(), s.clone()], ());
        let (q, k, v) = (q.to_any(), k.to_any(), v.to_any());
        let far = |[_, _, t, u]: [usize; 4]| (0..3).map(|h| s[[h, t, u]]).sum::<f64>() > 0.0;
        assert_near(y.as_slice(), &by_hand([&q, &k, &v], 0, far, |_| 0.0));
        let near = |[_, h, t, u]: [usize; 4]| s[[h, t, u]] < 0.5;
        let expected = by_hand([&q, &k, &v], 0, near, |[_, h, t, u]| s[[h, t, u]]);
        assert_near(z.as_slice(), &expected);
    }

    /// A query that attends to nothing, by labels or by scores of -∞: 0, in singles too, and 0 in all derivatives of both modes.
    #[test]
    fn nothing_to_attend_to() {
        let g = graph!(|q: [2, 1, 1], k: [2, 1, 1], v: [2, 1, 1]; mask: [2, 2] < 2| -> [2, 1, 1] {
            masked_attention(q, k, v, mask)
        });
        let one = || Tensor::<f32, _>::ones();
        let x = tlist![one(), one(), Tensor::from([[[3.0]], [[5.0]]])];
        let mask = tlist![Labels::new([0, 0, 1, 1]).unwrap()];
        let (y, tlist![dq, dk, dv]) = g.vjp(&x, &mask, &Tensor::ones());
        assert_eq!((y, dq), (Tensor::from([[[0.0]], [[4.0]]]), Tensor::zeros()));
        // Of equal keys the first is worth less: ½ ½ (3 - 5).
        assert_eq!(
            (dk, dv),
            (Tensor::from([[[-0.5]], [[0.5]]]), Tensor::full(0.5))
        );
        let tlist![_, _, _, dy] = g.jvp(&x, &tlist![one(), one(), one()], &mask);
        assert_eq!(dy, Tensor::from([[[0.0]], [[1.0]]]));

        let g = graph!(|q: [2, 1, 1], k: [2, 1, 1], v: [2, 1, 1], s: [2, 2]| -> [2, 1, 1] {
            masked_attention(q, k, v, s)
        });
        for low in [f32::NEG_INFINITY, f32::MIN] {
            let s = Tensor::from([[low, low], [low, 0.0]]);
            let x = tlist![one(), one(), Tensor::from([[[3.0]], [[5.0]]]), s];
            let (y, tlist![dq, dk, dv, ds]) = g.vjp(&x, (), &Tensor::ones());
            assert_eq!((y, dq), (Tensor::from([[[0.0]], [[5.0]]]), Tensor::zeros()));
            assert_eq!(
                (dk, dv),
                (Tensor::zeros(), Tensor::from([[[0.0]], [[1.0]]]))
            );
            assert_eq!(ds, Tensor::zeros());
            let tlist![_, _, _, _, dy] =
                g.jvp(&x, &tlist![one(), one(), one(), Tensor::ones()], ());
            assert_eq!(dy, Tensor::from([[[0.0]], [[1.0]]]));
        }
    }

    /// A score that is not attended to is not read, whatever it is, and has no cotangent.
    #[test]
    fn masked_scores_are_not_read() {
        let g = graph!(|q: [1, 1, 1], k: [3, 1, 1], v: [3, 1, 1]; mask: [3] < 2| masked_attention(q, k, v, mask));
        let mask = tlist![Labels::new([1, 0, 1]).unwrap()];
        for bad in [f64::NAN, f64::INFINITY, 1e300] {
            let k = Tensor::from([[[0.0]], [[bad]], [[0.0]]]);
            let x = tlist![
                Tensor::from([[[1e10]]]),
                k,
                Tensor::from([[[1.0]], [[7.0]], [[3.0]]])
            ];
            let (y, tlist![_, dk, dv]) = g.vjp(&x, &mask, &Tensor::ones());
            assert_eq!(y.as_slice(), [2.0]);
            assert_eq!(dv.as_slice(), [0.5, 0.0, 0.5]);
            assert_eq!(dk.as_slice()[1], 0.0);
        }
    }

    /// All of it allowed is attention without a mask, to the last bit.
    #[test]
    fn a_mask_of_all() {
        let g = graph!(|q: [2, 3, 2], k: [4, 3, 2], v: [4, 3, 2]; mask: [4] < 2| -> ([2, 3, 2], [2, 3, 2]) {
            (masked_attention(q, k, v, mask), attention(q, k, v))
        });
        let x = tlist![random(1), random(2), random(3)];
        let (y, z) = g.value(&x, &tlist![Labels::new([1; 4]).unwrap()]);
        assert_eq!(y, z);
    }
}
