//! Keys and values of the past, so that a step that goes on a text computes only what is new.

use crate::dim::{Dim, Sum};
use crate::op::{
    Causal, broadcast, concat, greater_equal, iota, masked_attention, rotary, split, to_scalar,
};
use crate::shape::Axis;
use cotangent_macros::graph;

graph! {
    use super::attention::{MultiHeadAttention, heads, merge_heads};

    /// Keys and values of the last `C` times, of `B` texts and `H` heads of width `K`: the state of
    /// [`cached_self_attention`](cached_self_attention()). Zeros.
    pub struct KeyValueCache<B: Dim, C: Dim, H: Dim, K: Dim> {
        /// The keys, the latest last.
        #[init(zeros())]
        pub keys: [B, C, H, K],
        /// The values, likewise.
        #[init(zeros())]
        pub values: [B, C, H, K],
    }

    /// The keys and values that `T` new times attend to, which of them there are, and the cache for the next step: the last `C`.
    pub(super) fn with_past<B: Dim, T: Dim, C: Dim, H: Dim, K: Dim, P: Dim>(
        keys: [B, T, H, K],
        values: [B, T, H, K],
        past: KeyValueCache<B, C, H, K>;
        at: [] < P,
    ) -> ([B, C + T, H, K], [B, C + T, H, K], [B, C + T] < 2, KeyValueCache<B, C, H, K>)
    where
        T: Dim<Plus<C> = Sum<C, T>>,
    {
        let all_keys: [B, C + T, H, K] = concat((past.keys, keys), 1);
        let all_values: [B, C + T, H, K] = concat((past.values, values), 1);
        // Of the cache the last `at` times are there: those from `C - at` on.
        let place = to_scalar(iota::<(B, Sum<C, T>), Axis<1>>());
        let before: [B, C + T] = broadcast(to_scalar(at));
        let is_there = greater_equal(place + before, { C::SIZE });
        let (_, keys) = split(all_keys, 1, (T, C));
        let (_, values) = split(all_values, 1, (T, C));
        (all_keys, all_values, is_there, KeyValueCache { keys, values })
    }

    /// [`causal_self_attention`](super::causal_self_attention()) of `T` times more of a text, given the keys and values of those before:
    /// `(B, T, D)` to `(B, T, D)`, and the cache with what is new.
    ///
    /// `at` says how many times there were before. While these are fewer than `C`, the rest of the cache is not read, so that it need
    /// not be emptied for another text. Of more, the earliest are forgotten: a step of one time attends to itself and to the `C`
    /// before it, which gives what the whole text gives as long as that has `C + 1` times. A step may have any number of times, so that
    /// the same layer takes a beginning at once.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{KeyValueCache, MultiHeadAttention, cached_self_attention, causal_self_attention};
    ///     fn whole(x: [1, 3, 8], p: MultiHeadAttention<8, 2, 4>) -> [1, 3, 8] { causal_self_attention(x, p) }
    ///
    ///     /// One time more. The cache is of the environment, and of the results.
    ///     fn next(p: MultiHeadAttention<8, 2, 4>; x: [1, 1, 8], past: KeyValueCache<1, 2, 2, 4>, at: [] < 3)
    ///         -> ([1, 1, 8], KeyValueCache<1, 2, 2, 4>)
    ///     {
    ///         cached_self_attention(x, past, p, at)
    ///     }
    /// }
    /// let p: Parameters<f64, MultiHeadAttention<N<8>, N<2>, N<4>>> = MultiHeadAttention::init(Key::new(7));
    /// let x = Tensor::<f64, shape![1, 3, 8]>::from_fn(|[_, t, d]| ((t + 2 * d) % 5) as f64);
    /// let expected = whole().value((&x, &p), ());
    /// let (step, mut past) = (next(), KeyValueCache::init(Key::new(0)));
    /// for t in 0..3 {
    ///     let now = Tensor::from_fn(|[_, _, d]| x[[0, t, d]]);
    ///     let (y, after) = step.value(&p, (&now, &past, &Labels::new([t])?));
    ///     assert!((0..8).all(|d| (y[[0, 0, d]] - expected[[0, t, d]]).abs() < 1e-14));
    ///     past = after;
    /// }
    /// # Ok::<(), LabelsError>(())
    /// ```
    pub fn cached_self_attention<B: Dim, T: Dim, C: Dim, D: Dim, H: Dim, K: Dim, P: Dim>(
        x: [B, T, D],
        past: KeyValueCache<B, C, H, K>,
        p: MultiHeadAttention<D, H, K>;
        at: [] < P,
    ) -> ([B, T, D], KeyValueCache<B, C, H, K>)
    where
        T: Dim<Plus<C> = Sum<C, T>>,
    {
        let (k, v, is_there, now) = with_past(heads(x, p.key), heads(x, p.value), past, at);
        let y: [B, T, H, K] = masked_attention(heads(x, p.query), k, v, { (Causal, is_there) });
        (merge_heads(y, p.out), now)
    }

    /// [`rotary_self_attention`](super::rotary_self_attention()) by a cache, as [`cached_self_attention`](cached_self_attention()).
    ///
    /// The keys of the cache are turned. Since a score depends only on how far its key is before its query, a text may become longer than
    /// any that was trained on: `P` is all that it is less than.
    pub fn cached_rotary_self_attention<B: Dim, T: Dim, C: Dim, D: Dim, H: Dim, K: Dim, P: Dim>(
        x: [B, T, D],
        past: KeyValueCache<B, C, H, K>,
        p: MultiHeadAttention<D, H, K>;
        at: [] < P,
    ) -> ([B, T, D], KeyValueCache<B, C, H, K>)
    where
        T: Dim<Plus<C> = Sum<C, T>>,
        K / 2: Dim,
    {
        let q = rotary(heads(x, p.query), 10000.0, at);
        let k = rotary(heads(x, p.key), 10000.0, at);
        let (k, v, is_there, now) = with_past(k, heads(x, p.value), past, at);
        let y: [B, T, H, K] = masked_attention(q, k, v, { (Causal, is_there) });
        (merge_heads(y, p.out), now)
    }
}
