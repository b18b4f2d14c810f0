//! The layers of a transformer that take each time for itself.

use crate::dim::Dim;
use crate::op::{gelu, matmul, silu};
use cotangent_macros::graph;

graph! {
    use super::linear::{Linear, linear};

    /// Two linear layers, from width `D` to `F` and back, of [`feed_forward`](feed_forward()). As in [`Linear`], matrices are
    /// [`lecun_uniform`](super::init::lecun_uniform()), biases 0. `F` is mostly `4 * D`.
    pub struct FeedForward<D: Dim, F: Dim> {
        /// To the larger width.
        pub up: Linear<D, F>,
        /// And back.
        pub down: Linear<F, D>,
    }

    /// `gelu(x w + b) v + c` for each time: `(B, T, D)`. Source: Vaswani et al., *Attention Is All You Need* (2017), 3.3, with
    /// [`gelu`](gelu()) for `relu`, as in BERT and GPT-2.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{FeedForward, feed_forward};
    ///     fn layer(x: [1, 2, 8], p: FeedForward<8, 32>) -> [1, 2, 8] { feed_forward(x, p) }
    /// }
    /// let p: Parameters<f64, FeedForward<N<8>, N<32>>> = FeedForward::init(Key::new(7));
    /// let y = layer().value((&Tensor::from_fn(|[_, t, _]| 1.0 - t as f64), &p), ());
    /// assert!(y[[0, 0, 0]] != 0.0 && y[[0, 1, 0]] == 0.0); // the second time is zeros
    /// ```
    pub fn feed_forward<B: Dim, T: Dim, D: Dim, F: Dim>(x: [B, T, D], p: FeedForward<D, F>) -> [B, T, D] {
        linear(gelu(linear(x, p.up)), p.down)
    }

    /// Three linear layers without biases, from width `D` to `F` and back, of
    /// [`gated_feed_forward`](gated_feed_forward()). [`lecun_uniform`](super::init::lecun_uniform()).
    pub struct GatedFeedForward<D: Dim, F: Dim> {
        /// To what opens and shuts.
        pub gate: [D, F],
        /// To what passes.
        pub up: [D, F],
        /// And back.
        pub down: [F, D],
    }

    /// `(silu(x g) · x u) v` for each time: `(B, T, D)`. SwiGLU, as in Llama, whose `F` is about `8 D / 3`. Source: Shazeer,
    /// *GLU Variants Improve Transformer* (2020).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{GatedFeedForward, gated_feed_forward};
    ///     fn layer(x: [1, 2, 6], p: GatedFeedForward<6, 16>) -> [1, 2, 6] { gated_feed_forward(x, p) }
    /// }
    /// let mut p: Parameters<f64, GatedFeedForward<N<6>, N<16>>> = GatedFeedForward::init(Key::new(7));
    /// p.gate = Tensor::zeros(); // shut
    /// assert_eq!(layer().value((&Tensor::ones(), &p), ()), Tensor::zeros());
    /// ```
    pub fn gated_feed_forward<B: Dim, T: Dim, D: Dim, F: Dim>(
        x: [B, T, D],
        p: GatedFeedForward<D, F>,
    ) -> [B, T, D] {
        let gate: [B, T, F] = silu(matmul(x, p.gate));
        matmul(gate * matmul(x, p.up), p.down)
    }
}
