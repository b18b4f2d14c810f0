//! Attention of several heads, with its projections.

use crate::dim::Dim;
use crate::op::{attention, causal_attention, merge_axes, rotary};
use crate::scalar::Semiring;
use cotangent_macros::{einsum, graph};

graph! {
    use super::linear::{Linear, linear};

    /// A matrix from width `D` to `H` heads of width `K`, and a bias, of [`heads`](heads()). The matrix is
    /// [`lecun_uniform`](super::init::lecun_uniform()) by `D`, the bias 0.
    pub struct Heads<D: Dim, H: Dim, K: Dim> {
        /// A column for each entry of each head.
        #[init(lecun_uniform().first_is_in())]
        pub weight: [D, H, K],
        /// What is added after that. As it has two axes, an initialiser of the whole group is its, too.
        #[init(zeros())]
        pub bias: [H, K],
    }

    /// `H` heads of `K` queries, keys and values each, of rows of width `D`: of [`self_attention`](self_attention()) and its
    /// kind. All matrices are [`lecun_uniform`](super::init::lecun_uniform()), the biases 0.
    ///
    /// The width of the heads need not be `D / H`. PyTorch's `MultiheadAttention` has the first three matrices as one, `(3 D, D)`.
    pub struct MultiHeadAttention<D: Dim, H: Dim, K: Dim> {
        /// To the queries.
        pub query: Heads<D, H, K>,
        /// To the keys.
        pub key: Heads<D, H, K>,
        /// To the values.
        pub value: Heads<D, H, K>,
        /// From all heads, side by side, back to `D`.
        pub out: Linear<H * K, D>,
    }

    /// `y[b, t, h, k] = Σ x[b, t, d] w[d, h, k] + bias[h, k]`: `(B, T, D)` to `(B, T, H, K)`, which is what ops such as
    /// [`attention`](attention()) and [`rotary`](rotary()) take. With [`merge_heads`](merge_heads()) behind them, any kind of attention is made of these.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{MultiHeadAttention, heads, merge_heads};
    ///     /// What is padding is not attended to.
    ///     fn padded(x: [2, 5, 8], p: MultiHeadAttention<8, 2, 4>; is_text: [2, 5] < 2) -> [2, 5, 8] {
    ///         let y = masked_attention(heads(x, p.query), heads(x, p.key), heads(x, p.value), is_text);
    ///         merge_heads(y, p.out)
    ///     }
    /// }
    /// let mut p: Parameters<f64, MultiHeadAttention<N<8>, N<2>, N<4>>> = MultiHeadAttention::init(Key::new(7));
    /// p.out.bias = Tensor::ones();
    /// let y = padded().value((&Tensor::ones(), &p), &Labels::new([1, 1, 1, 0, 0, 0, 0, 0, 0, 0])?);
    /// assert_eq!(y.row(1), Some(Tensor::ones())); // the second text is empty
    /// # Ok::<(), LabelsError>(())
    /// ```
    pub fn heads<B: Dim, T: Dim, D: Dim, H: Dim, K: Dim>(x: [B, T, D], p: Heads<D, H, K>) -> [B, T, H, K]
    where
        A: Semiring,
    {
        einsum!("btd,dhk->bthk", x, p.weight) + p.bias
    }

    /// The heads side by side, through the last layer: `(B, T, H, K)` to `(B, T, D)`.
    pub fn merge_heads<B: Dim, T: Dim, D: Dim, H: Dim, K: Dim>(y: [B, T, H, K], out: Linear<H * K, D>) -> [B, T, D]
    where
        A: Semiring,
    {
        linear(merge_axes(y, 2), out)
    }

    /// Each time attends to all: [`attention`](attention()) of queries, keys and values of `x`. `(B, T, D)`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{MultiHeadAttention, self_attention};
    ///     fn mixed(x: [1, 3, 8], p: MultiHeadAttention<8, 2, 4>) -> [1, 3, 8] { self_attention(x, p) }
    /// }
    /// let p: Parameters<f64, MultiHeadAttention<N<8>, N<2>, N<4>>> = MultiHeadAttention::init(Key::new(7));
    /// let x = Tensor::<f64, shape![1, 3, 8]>::from_fn(|[_, t, d]| (t * d) as f64);
    /// // Without positions no time knows where it stands: in another order the same comes, in that order.
    /// let y = mixed().value((&x, &p), ());
    /// let turned = mixed().value((&Tensor::from_fn(|[b, t, d]| x[[b, 2 - t, d]]), &p), ());
    /// assert!((y[[0, 0, 5]] - turned[[0, 2, 5]]).abs() < 1e-12);
    /// ```
    pub fn self_attention<B: Dim, T: Dim, D: Dim, H: Dim, K: Dim>(x: [B, T, D], p: MultiHeadAttention<D, H, K>) -> [B, T, D] {
        merge_heads(attention(heads(x, p.query), heads(x, p.key), heads(x, p.value)), p.out)
    }

    /// No time attends to a later one: [`causal_attention`](causal_attention()). `(B, T, D)`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{MultiHeadAttention, causal_self_attention};
    ///     fn mixed(x: [1, 3, 8], p: MultiHeadAttention<8, 2, 4>) -> [1, 3, 8] { causal_self_attention(x, p) }
    /// }
    /// let p: Parameters<f64, MultiHeadAttention<N<8>, N<2>, N<4>>> = MultiHeadAttention::init(Key::new(7));
    /// let mut x = Tensor::<f64, shape![1, 3, 8]>::ones();
    /// let y = mixed().value((&x, &p), ());
    /// x[[0, 2, 0]] = 5.0; // the last time is another
    /// let z = mixed().value((&x, &p), ());
    /// assert!(y[[0, 1, 0]] == z[[0, 1, 0]] && y[[0, 2, 0]] != z[[0, 2, 0]]);
    /// ```
    pub fn causal_self_attention<B: Dim, T: Dim, D: Dim, H: Dim, K: Dim>(
        x: [B, T, D],
        p: MultiHeadAttention<D, H, K>,
    ) -> [B, T, D] {
        merge_heads(causal_attention(heads(x, p.query), heads(x, p.key), heads(x, p.value)), p.out)
    }

    /// [`causal_self_attention`](causal_self_attention()) of queries and keys that are turned by their positions, which are counted
    /// from 0: [`rotary`](rotary()) of base 10000. `K` is even.
    pub fn rotary_self_attention<B: Dim, T: Dim, D: Dim, H: Dim, K: Dim>(
        x: [B, T, D],
        p: MultiHeadAttention<D, H, K>,
    ) -> [B, T, D]
    where
        K / 2: Dim,
    {
        let q = rotary(heads(x, p.query), 10000.0, 0);
        let k = rotary(heads(x, p.key), 10000.0, 0);
        merge_heads(causal_attention(q, k, heads(x, p.value)), p.out)
    }

    /// Each time of `x` attends to all of another sequence, such as what an encoder has made of a text: `(B, T, D)` and
    /// `(B, U, D)` to `(B, T, D)`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{MultiHeadAttention, cross_attention};
    ///     fn read(x: [1, 3, 8], text: [1, 50, 8], p: MultiHeadAttention<8, 2, 4>) -> [1, 3, 8] { cross_attention(x, text, p) }
    /// }
    /// let p: Parameters<f64, MultiHeadAttention<N<8>, N<2>, N<4>>> = MultiHeadAttention::init(Key::new(7));
    /// assert_eq!(read().value((&Tensor::ones(), &Tensor::zeros(), &p), ()), Tensor::zeros()); // there is nothing to be read
    /// ```
    pub fn cross_attention<B: Dim, T: Dim, U: Dim, D: Dim, H: Dim, K: Dim>(
        x: [B, T, D],
        memory: [B, U, D],
        p: MultiHeadAttention<D, H, K>,
    ) -> [B, T, D] {
        merge_heads(attention(heads(x, p.query), heads(memory, p.key), heads(memory, p.value)), p.out)
    }
}
