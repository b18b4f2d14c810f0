//! Attention to no later time.

use super::heads::{AttendsTo, Heads};
use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::levels;
use crate::shape::{If, SameShape, Shape};

/// The op of [`causal_attention`].
#[derive(Clone, Copy, Debug)]
pub struct CausalAttention;

/// `y = softmax(q kᵀ / √K) v` for each head, where no time attends to a later one. Real scalars.
///
/// Shapes, groups of queries and large scores are as in [`attention`](fn@crate::op::attention). The queries are the last of the times: of `T`
/// queries and `U` keys, query `i` attends to the keys `0` to `i + U - T`. So one step that
/// goes on a text takes its own queries, and the keys and values of all times so far. A query before the first key attends to nothing, and
/// its row of `y` is 0. The scores of later times are never read, however large they are. A later entry of `v` has the weight 0, so one
/// that is infinite or NaN makes earlier times NaN. Source: Vaswani et al., *Attention Is All You Need* (2017), 3.2.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|q: [2, 1, 2], k: [2, 1, 2], v: [2, 1, 2]| causal_attention(q, k, v));
/// let v = Tensor::from([[[1.0, 2.0]], [[3.0, 6.0]]]);
/// let y = g.value(&tlist![Tensor::zeros(), Tensor::zeros(), v.clone()], ()); // equal scores: means of v so far
/// assert_eq!(y, Tensor::from([[[1.0, 2.0]], [[2.0, 4.0]]]));
///
/// let last = graph!(|q: [1, 1, 2], k: [2, 1, 2], v: [2, 1, 2]| causal_attention(q, k, v)); // the last query alone
/// let y = last.value(&tlist![Tensor::zeros(), Tensor::zeros(), v], ());
/// assert_eq!(y, Tensor::from([[[2.0, 4.0]]]));
/// ```
pub fn causal_attention<Q: Shape, K: Shape, V: Shape>(
    q: Var<Q>,
    k: Var<K>,
    v: Var<V>,
) -> Call<CausalAttention, (Var<Q>, Var<K>, Var<V>)> {
    Call::new(CausalAttention, (q, k, v))
}

impl<Q, K, V> Op<(Q, K, V)> for CausalAttention
where
    Q: AttendsTo<K>,
    K: SameShape<V>,
    V: Shape,
{
    type Out = If<(<Q as AttendsTo<K>>::Checked, <K as SameShape<V>>::Checked), Q>;
    type Level = levels::Real;
    const NAME: &'static str = "causal_attention";

    fn forward(&self, r: &Recorder, (q, k, v): (Var<Q>, Var<K>, Var<V>)) -> Var<Q> {
        let mut heads = Heads::of::<Q, K>();
        heads.causal = true;
        heads.attend(r, [q.id(), k.id(), v.id()])
    }
}

#[cfg(test)]
mod tests {
    use crate::op::sequence::attention::tests::{assert_near, by_hand, random};
    use crate::prelude::*;

    law_tests! {
        causal_attention:
        small(|q: [2, 3, 2], k: [2, 3, 2], v: [2, 3, 2]| causal_attention(q, k, v));
        small(|q: [3, 2, 4], k: [3, 2, 4], v: [3, 2, 4]| causal_attention(q, k, v));
        middle(|q: [2, 4, 3, 5], k: [2, 4, 3, 5], v: [2, 4, 3, 5]| causal_attention(q, k, v));
        like_axes("seven different sizes are 60 elements a tensor and more");
        ranks("of one sequence, or of a batch of them");
    }

    law_tests! {
        causal_attention_cached:
        small(|q: [2, 3, 2], k: [4, 3, 2], v: [4, 3, 2]| causal_attention(q, k, v));
        small(|q: [3, 2, 4], k: [2, 2, 4], v: [2, 2, 4]| causal_attention(q, k, v));
        middle(|q: [2, 6, 3, 4, 5], k: [2, 4, 3, 5], v: [2, 4, 3, 5]| causal_attention(q, k, v));
        like_axes("seven different sizes are 60 elements a tensor and more");
        ranks("of one sequence, or of a batch of them");
    }

    type X = Tensor<f64, shape![2, 4, 3, 2]>;

    fn attention(q: &X, k: &X, v: &X) -> X {
        let g =
            graph!(|q: [2, 4, 3, 2], k: [2, 4, 3, 2], v: [2, 4, 3, 2]| causal_attention(q, k, v));
        g.value(&tlist![q.clone(), k.clone(), v.clone()], ())
    }

    #[test]
    fn as_written_by_hand() {
        let (q, k, v): (X, X, X) = (random(1), random(2), random(3));
        let y = attention(&q, &k, &v);
        let (q, k, v) = (q.to_any(), k.to_any(), v.to_any());
        let expected = by_hand([&q, &k, &v], 1, |[_, _, t, u]| u <= t, |_| 0.0);
        assert_near(y.as_slice(), &expected);
    }

    /// The queries are the last times, in groups too; where they are more than the keys, the first have nothing.
    #[test]
    fn other_lengths_by_hand() {
        let g = graph!(|q: [2, 3, 2, 2, 2], k: [2, 5, 2, 2], v: [2, 5, 2, 2]| causal_attention(q, k, v));
        let (q, k, v) = (random(1), random(2), random(3));
        let y = g.value(&tlist![q.clone(), k.clone(), v.clone()], ());
        let (q, k, v) = (q.to_any(), k.to_any(), v.to_any());
        let expected = by_hand([&q, &k, &v], 1, |[_, _, t, u]| u <= t + 2, |_| 0.0);
        assert_near(y.as_slice(), &expected);

        let g = graph!(|q: [5, 2, 2], k: [3, 2, 2], v: [3, 2, 2]| causal_attention(q, k, v));
        let (q, k, v) = (random(1), random(2), random(3));
        let (y, tlist![dq, _, _]) = g.vjp(
            &tlist![q.clone(), k.clone(), v.clone()],
            (),
            &Tensor::ones(),
        );
        let (q, k, v) = (q.to_any(), k.to_any(), v.to_any());
        let expected = by_hand([&q, &k, &v], 0, |[_, _, t, u]| u + 2 <= t, |_| 0.0);
        assert_near(y.as_slice(), &expected);
        assert_eq!(
            (&y.as_slice()[..8], &dq.as_slice()[..8]),
            (&[0.0; 8][..], &[0.0; 8][..])
        );
    }

    /// A step that goes on takes the keys so far: its rows are those of the whole.
    #[test]
    fn a_cache_goes_on() {
        let (q, k, v): (X, X, X) = (random(1), random(2), random(3));
        let whole = attention(&q, &k, &v);
        let g =
            graph!(|q: [2, 1, 3, 2], k: [2, 4, 3, 2], v: [2, 4, 3, 2]| causal_attention(q, k, v));
        let last = Tensor::from_fn(|[b, _, h, c]| q[[b, 3, h, c]]);
        let y = g.value(&tlist![last, k, v], ());
        for [b, time, h, c] in places().filter(|i| i[1] == 3) {
            assert_eq!(y[[b, 0, h, c]], whole[[b, time, h, c]]);
        }
    }

    fn places() -> impl Iterator<Item = [usize; 4]> {
        (0..48).map(|i| [i / 24, i / 6 % 4, i / 2 % 3, i % 2])
    }

    /// Other inputs from time 2 on leave times 0 and 1 as they are, to the last bit.
    #[test]
    fn the_future_is_not_read() {
        let rng = &mut fastrand::Rng::with_seed(2);
        let past: [X; 3] = [random(4), random(5), random(6)];
        let other = past
            .clone()
            .map(|x| X::from_fn(|i| if i[1] < 2 { x[i] } else { 1e6 * rng.f64() }));
        let y = attention(&past[0], &past[1], &past[2]);
        let z = attention(&other[0], &other[1], &other[2]);
        for i in places() {
            assert_eq!(y[i] == z[i], i[1] < 2, "{i:?}");
        }
    }

    #[test]
    fn one_time_attends_to_itself() {
        let g = graph!(|q: [1, 2, 1], k: [1, 2, 1], v: [1, 2, 1]| causal_attention(q, k, v));
        let v = Tensor::from([[[3.0], [-4.0]]]);
        let x = tlist![
            Tensor::from([[[1.0], [2.0]]]),
            Tensor::from([[[5.0], [6.0]]]),
            v.clone()
        ];
        assert_eq!(g.value(&x, ()), v);
    }

    /// Of no time there is no largest score.
    #[test]
    fn of_no_time() {
        let g = graph!(|q: [0, 2, 1], k: [0, 2, 1], v: [0, 2, 1]| causal_attention(q, k, v));
        let x = tlist![Tensor::<f64, _>::zeros(), Tensor::zeros(), Tensor::zeros()];
        assert_eq!(g.value(&x, ()), Tensor::zeros());
    }

    /// Scores up to a million, both of the past and of the future: no infinity, and no gradient that is NaN.
    #[test]
    fn large_scores() {
        let g = graph!(|q: [3, 1, 1], k: [3, 1, 1], v: [3, 1, 1]| causal_attention(q, k, v));
        let x = tlist![
            Tensor::<f32, _>::from([[[1e3]], [[1e3]], [[-1e3]]]),
            Tensor::from([[[-1e3]], [[1e3]], [[1e3]]]),
            Tensor::from([[[1.0]], [[2.0]], [[3.0]]])
        ];
        let (y, dx) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y, Tensor::from([[[1.0]], [[2.0]], [[1.0]]]));
        let tlist![dq, dk, dv] = dx;
        assert_eq!((dq, dk), (Tensor::zeros(), Tensor::zeros()));
        assert_eq!(dv, Tensor::from([[[2.0]], [[1.0]], [[0.0]]]));
    }
}
