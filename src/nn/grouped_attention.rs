//! Attention in which several heads of queries share one of keys and values.

use crate::dim::{Dim, Sum};
use crate::op::{
    Causal, attention, causal_attention, masked_attention, merge_axes, rotary, split_axis,
};
use crate::scalar::Semiring;
use cotangent_macros::graph;

graph! {
    use super::attention::{Heads, heads};
    use super::cache::{KeyValueCache, with_past};
    use super::linear::{Linear, linear};

    /// `H` heads of keys and values, and for each of them `G` heads of queries, all of width `K`: of
    /// [`grouped_self_attention`](grouped_self_attention()) and its kind. Matrices are [`lecun_uniform`](super::init::lecun_uniform()), biases 0.
    ///
    /// A cache of it is a `G`-th of that of as many heads in [`MultiHeadAttention`](super::MultiHeadAttention), which it is for
    /// `G = 1`; `H = 1` is multi-query attention. Source: Ainslie et al., *GQA* (2023).
    pub struct GroupedQueryAttention<D: Dim, H: Dim, G: Dim, K: Dim> {
        /// To the queries: the `G` heads of a group are beside each other.
        pub query: Heads<D, H * G, K>,
        /// To the keys.
        pub key: Heads<D, H, K>,
        /// To the values.
        pub value: Heads<D, H, K>,
        /// From all heads of queries, side by side, back to `D`.
        pub out: Linear<H * G * K, D>,
    }

    /// The groups, side by side, through the last layer.
    fn merge_groups<B: Dim, T: Dim, D: Dim, H: Dim, G: Dim, K: Dim>(
        y: [B, T, H, G, K],
        out: Linear<H * G * K, D>,
    ) -> [B, T, D]
    where
        A: Semiring,
    {
        linear(merge_axes(merge_axes(y, 3), 2), out)
    }

    /// Each time attends to all: [`attention`](attention()) by groups of queries. `(B, T, D)`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{GroupedQueryAttention, grouped_self_attention};
    ///     /// Eight heads of queries, two of keys and values.
    ///     fn mixed(x: [1, 3, 32], p: GroupedQueryAttention<32, 2, 4, 4>) -> [1, 3, 32] { grouped_self_attention(x, p) }
    /// }
    /// let mut p: Parameters<f64, GroupedQueryAttention<N<32>, N<2>, N<4>, N<4>>> = GroupedQueryAttention::init(Key::new(7));
    /// assert_eq!((p.query.weight.dims(), p.key.weight.dims()), (&[32, 8, 4][..], &[32, 2, 4][..]));
    /// // The values of the first head are 1, those of the second 0; the sum over the heads of queries is that of four of them.
    /// (p.value.weight, p.value.bias) = (Tensor::zeros(), Tensor::from_fn(|[head, _]| 1.0 - head as f64));
    /// p.out.weight = Tensor::ones();
    /// let y = mixed().value((&Tensor::ones(), &p), ());
    /// assert!((y[[0, 0, 0]] - 4.0 * 4.0).abs() < 1e-13);
    /// ```
    pub fn grouped_self_attention<B: Dim, T: Dim, D: Dim, H: Dim, G: Dim, K: Dim>(
        x: [B, T, D],
        p: GroupedQueryAttention<D, H, G, K>,
    ) -> [B, T, D] {
        let q: [B, T, H, G, K] = split_axis(heads(x, p.query), 2);
        merge_groups(attention(q, heads(x, p.key), heads(x, p.value)), p.out)
    }

    /// No time attends to a later one: [`causal_attention`](causal_attention()) by groups of queries. `(B, T, D)`.
    pub fn grouped_causal_self_attention<B: Dim, T: Dim, D: Dim, H: Dim, G: Dim, K: Dim>(
        x: [B, T, D],
        p: GroupedQueryAttention<D, H, G, K>,
    ) -> [B, T, D] {
        let q: [B, T, H, G, K] = split_axis(heads(x, p.query), 2);
        merge_groups(causal_attention(q, heads(x, p.key), heads(x, p.value)), p.out)
    }

    /// [`grouped_causal_self_attention`](grouped_causal_self_attention()) with rotary positions, as in
    /// [`rotary_self_attention`](super::rotary_self_attention()).
    pub fn grouped_rotary_self_attention<B: Dim, T: Dim, D: Dim, H: Dim, G: Dim, K: Dim>(
        x: [B, T, D],
        p: GroupedQueryAttention<D, H, G, K>,
    ) -> [B, T, D]
    where
        K / 2: Dim,
    {
        let q: [B, T, H, G, K] = split_axis(rotary(heads(x, p.query), 10000.0, 0), 2);
        let k = rotary(heads(x, p.key), 10000.0, 0);
        merge_groups(causal_attention(q, k, heads(x, p.value)), p.out)
    }

    /// [`grouped_rotary_self_attention`](grouped_rotary_self_attention()) of `T` times more of a text, by a cache, as in
    /// [`cached_self_attention`](super::cached_self_attention()).
    pub fn cached_grouped_rotary_self_attention<
        B: Dim, T: Dim, C: Dim, D: Dim, H: Dim, G: Dim, K: Dim, P: Dim,
    >(
        x: [B, T, D],
        past: KeyValueCache<B, C, H, K>,
        p: GroupedQueryAttention<D, H, G, K>;
        at: [] < P,
    ) -> ([B, T, D], KeyValueCache<B, C, H, K>)
    where
        T: Dim<Plus<C> = Sum<C, T>>,
        K / 2: Dim,
    {
        let q: [B, T, H, G, K] = split_axis(rotary(heads(x, p.query), 10000.0, at), 2);
        let k = rotary(heads(x, p.key), 10000.0, at);
        let (k, v, is_there, now) = with_past(k, heads(x, p.value), past, at);
        let y: [B, T, H, G, K] = masked_attention(q, k, v, { (Causal, is_there) });
        (merge_groups(y, p.out), now)
    }
}
