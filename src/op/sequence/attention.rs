//! Attention with several heads.

use super::heads::{AttendsTo, Heads};
use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::levels;
use crate::shape::{If, SameShape, Shape};

/// The op of [`attention`].
#[derive(Clone, Copy, Debug)]
pub struct Attention;

/// `y = softmax(q kᵀ / √K) v` for each head: every query attends to every key. Real scalars.
///
/// `q` and `y` have the shape `(T, H, K)`, `k` and `v` the shape `(U, H, K)`: times, heads and the width of a head. All may begin
/// with a batch, `(B, T, H, K)`. Queries of another sequence than the keys, or of another length, are cross attention.
/// Projections are the caller's, by `einsum!` or `matmul`; [`split_axis`](crate::op::split_axis) makes heads of a width
/// `D`, `[T, H, D / H]`. [`causal_attention`](fn@crate::op::causal_attention) attends to no later time, and
/// [`masked_attention`](fn@crate::op::masked_attention) to what a mask says.
///
/// From each row of scores its maximum is subtracted, so that large scores do not overflow. A score of -10³⁸ or less counts as
/// -∞, and a query of which all scores do attends to nothing: its row of `y` is 0, and so are its derivatives.
/// Source: Vaswani et al., *Attention Is All You Need* (2017), 3.2.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|q: [1, 1, 2], k: [2, 1, 2], v: [2, 1, 2]| attention(q, k, v));
/// let v = Tensor::from([[[1.0, 2.0]], [[3.0, 6.0]]]);
/// let y = g.value(&tlist![Tensor::zeros(), Tensor::zeros(), v], ()); // equal scores: the mean of v
/// assert_eq!(y, Tensor::from([[[2.0, 4.0]]]));
/// ```
///
/// Grouped queries have an axis more: groups of `G` heads of queries, `(T, H, G, K)`, share one of the `H` heads of keys and
/// values. With one head of keys, `H = 1`, this is multi-query attention. Source: Ainslie et al., *GQA* (2023).
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     /// Eight heads of queries, two of keys and of values.
///     fn grouped<T: Dim>(q: [T, 8, 16], k: [T, 2, 16], v: [T, 2, 16]) -> [T, 8, 16] {
///         let q: [T, 2, 4, 16] = split_axis(q, 1);
///         merge_axes(attention(q, k, v), 1)
///     }
/// }
/// let x = tlist![Tensor::zeros(), Tensor::zeros(), Tensor::from_fn(|[_, head, _]| head as f64)];
/// let y = grouped::<f64, N<3>>().value(&x, ());
/// assert_eq!((y[[0, 3, 0]], y[[0, 4, 0]]), (0.0, 1.0)); // heads 0 to 3 read the first head of v
/// ```
pub fn attention<Q: Shape, K: Shape, V: Shape>(
    q: Var<Q>,
    k: Var<K>,
    v: Var<V>,
) -> Call<Attention, (Var<Q>, Var<K>, Var<V>)> {
    Call::new(Attention, (q, k, v))
}

impl<Q, K, V> Op<(Q, K, V)> for Attention
where
    Q: AttendsTo<K>,
    K: SameShape<V>,
    V: Shape,
{
    type Out = If<(<Q as AttendsTo<K>>::Checked, <K as SameShape<V>>::Checked), Q>;
    type Level = levels::Real;
    const NAME: &'static str = "attention";

    fn forward(&self, r: &Recorder, (q, k, v): (Var<Q>, Var<K>, Var<V>)) -> Var<Q> {
        Heads::of::<Q, K>().attend(r, [q.id(), k.id(), v.id()])
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::prelude::*;

    law_tests! {
        attention:
        small(|q: [2, 3, 2], k: [4, 3, 2], v: [4, 3, 2]| attention(q, k, v));
        small(|q: [3, 2, 4], k: [2, 2, 4], v: [2, 2, 4]| attention(q, k, v));
        middle(|q: [2, 4, 3, 5], k: [2, 7, 3, 5], v: [2, 7, 3, 5]| attention(q, k, v));
        like_axes("seven different sizes are 60 elements a tensor and more");
        ranks("of one sequence, or of a batch of them");
    }

    law_tests! {
        attention_grouped:
        small(|q: [2, 3, 2, 4], k: [2, 3, 4], v: [2, 3, 4]| attention(q, k, v));
        small(|q: [3, 2, 4, 3], k: [3, 2, 3], v: [3, 2, 3]| attention(q, k, v));
        middle(|q: [2, 4, 3, 6, 5], k: [2, 7, 3, 5], v: [2, 7, 3, 5]| attention(q, k, v));
        like_axes("nine different sizes are 300 elements a tensor and more");
        ranks("of one sequence, or of a batch of them");
    }

    /// The definition, in loops: for each query the keys that it may attend to, and what is added to its scores.
    pub fn by_hand(
        [q, k, v]: [&AnyTensor<f64>; 3],
        batch: usize,
        allowed: impl Fn([usize; 4]) -> bool,
        added: impl Fn([usize; 4]) -> f64,
    ) -> Vec<f64> {
        // All with a batch, and with groups of queries, which may be 1.
        let width = q.dims()[q.dims().len() - 1];
        let (queries, keys, heads) = (q.dims()[batch], k.dims()[batch], k.dims()[batch + 1]);
        let sequences = if batch == 1 { q.dims()[0] } else { 1 };
        let groups = q.as_slice().len() / (sequences * queries * heads * width);
        let mut y = Vec::new();
        for place in 0..sequences * queries * heads * groups {
            let [b, t, head] = [
                place / (queries * heads * groups),
                place / (heads * groups) % queries,
                place % (heads * groups),
            ];
            let of_key = |u: usize| (((b * keys) + u) * heads + head / groups) * width;
            let score = |u: usize| {
                let products = (0..width)
                    .map(|c| q.as_slice()[place * width + c] * k.as_slice()[of_key(u) + c]);
                let score = products.sum::<f64>() / (width as f64).sqrt() + added([b, head, t, u]);
                if allowed([b, head, t, u]) {
                    score.exp()
                } else {
                    0.0
                }
            };
            let total: f64 = (0..keys).map(score).sum();
            for c in 0..width {
                let sum: f64 = (0..keys)
                    .map(|u| score(u) * v.as_slice()[of_key(u) + c])
                    .sum();
                y.push(if total == 0.0 { 0.0 } else { sum / total });
            }
        }
        y
    }

    /// Equal up to a few roundings of numbers below 1.
    pub fn assert_near(got: &[f64], expected: &[f64]) {
        assert_eq!(got.len(), expected.len());
        for (got, expected) in got.iter().zip(expected) {
            assert!((got - expected).abs() < 1e-14, "{got} and {expected}");
        }
    }

    pub fn random<S: Shape>(seed: u64) -> Tensor<f64, S> {
        Tensor::uniform(-1.0..1.0, &mut fastrand::Rng::with_seed(seed))
    }

    #[test]
    fn as_written_by_hand() {
        let g = graph!(|q: [2, 4, 3, 2], k: [2, 5, 3, 2], v: [2, 5, 3, 2]| attention(q, k, v));
        let (q, k, v) = (random(1), random(2), random(3));
        let y = g.value(&tlist![q.clone(), k.clone(), v.clone()], ());
        let (q, k, v) = (q.to_any(), k.to_any(), v.to_any());
        assert_near(y.as_slice(), &by_hand([&q, &k, &v], 1, |_| true, |_| 0.0));
    }

    /// Each group of heads reads its own head of keys; one head of keys is read by all.
    #[test]
    fn groups_by_hand() {
        let g = graph!(|q: [2, 4, 3, 2, 5], k: [2, 6, 3, 5], v: [2, 6, 3, 5]| attention(q, k, v));
        let (q, k, v) = (random(1), random(2), random(3));
        let y = g.value(&tlist![q.clone(), k.clone(), v.clone()], ());
        let (q, k, v) = (q.to_any(), k.to_any(), v.to_any());
        assert_near(y.as_slice(), &by_hand([&q, &k, &v], 1, |_| true, |_| 0.0));

        let g = graph!(|q: [4, 1, 3, 2], k: [5, 1, 2], v: [5, 1, 2]| attention(q, k, v));
        let (q, k, v) = (random(4), random(5), random(6));
        let y = g.value(&tlist![q.clone(), k.clone(), v.clone()], ());
        let (q, k, v) = (q.to_any(), k.to_any(), v.to_any());
        assert_near(y.as_slice(), &by_hand([&q, &k, &v], 0, |_| true, |_| 0.0));
    }

    /// Nothing to attend to, nothing that attends, and heads of no width.
    #[test]
    fn of_nothing() {
        let g = graph!(|q: [2, 1, 3], k: [0, 1, 3], v: [0, 1, 3]| attention(q, k, v));
        let x = tlist![Tensor::<f64, _>::ones(), Tensor::zeros(), Tensor::zeros()];
        let (y, tlist![dq, _, _]) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!((y, dq), (Tensor::zeros(), Tensor::zeros()));
        let g = graph!(|q: [0, 1, 3], k: [2, 1, 3], v: [2, 1, 3]| attention(q, k, v));
        let x = tlist![Tensor::<f64, _>::zeros(), Tensor::ones(), Tensor::ones()];
        let (y, tlist![_, dk, dv]) = g.vjp(&x, (), &Tensor::zeros());
        assert_eq!(
            (y, dk, dv),
            (Tensor::zeros(), Tensor::zeros(), Tensor::zeros())
        );
        let g = graph!(|q: [2, 1, 0], k: [2, 1, 0], v: [2, 1, 0]| attention(q, k, v));
        let x = tlist![Tensor::<f64, _>::zeros(), Tensor::zeros(), Tensor::zeros()];
        assert_eq!(g.value(&x, ()), Tensor::zeros());
    }
}
