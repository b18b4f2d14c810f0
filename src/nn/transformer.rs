//! Blocks of transformers.

use crate::dim::{Dim, Sum};
use cotangent_macros::graph;

graph! {
    use super::attention::{MultiHeadAttention, causal_self_attention, rotary_self_attention, self_attention};
    use super::cache::{KeyValueCache, cached_rotary_self_attention, cached_self_attention};
    use super::feed_forward::{FeedForward, feed_forward};
    use super::norm::{LayerNorm, layer_norm};

    /// Attention of `H` heads of width `K` and a feed-forward layer of width `F`, on rows of width `D`, each with a norm: of
    /// [`pre_norm_block`](pre_norm_block()) and its kind, with the initialisers of the parts.
    ///
    /// A network of them is a [`repeat`](fn@crate::graph::repeat). A block with other parts, or with
    /// [`dropout`](crate::op::dropout()) before each sum, is two lines of your own:
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{GatedFeedForward, MultiHeadAttention, RmsNorm, gated_feed_forward, rms_norm, rotary_self_attention};
    ///     struct Block { norm: RmsNorm<8>, attention: MultiHeadAttention<8, 2, 4>, second: RmsNorm<8>, gated: GatedFeedForward<8, 21> }
    ///
    ///     fn block<B: Dim, T: Dim>(x: [B, T, 8], p: Block; key) -> [B, T, 8] {
    ///         let x = x + dropout(rotary_self_attention(rms_norm(x, p.norm), p.attention), key, 0.1);
    ///         x + dropout(gated_feed_forward(rms_norm(x, p.second), p.gated), key, 0.1)
    ///     }
    ///
    ///     fn network<B: Dim, T: Dim>(x: [B, T, 8], blocks: [Block; 3]; key) -> [B, T, 8] { repeat(block)(x, blocks, key) }
    /// }
    /// let p: Parameters<f64, Block> = Block::init(Key::new(7));
    /// let blocks = List::from([p.clone(), p.clone(), p]);
    /// let y = network::<f64, N<1>, N<2>>().value((&Tensor::zeros(), &blocks), &Key::new(1));
    /// assert_eq!(y, Tensor::zeros());
    /// ```
    pub struct TransformerBlock<D: Dim, H: Dim, K: Dim, F: Dim> {
        /// Of the attention.
        pub norm: LayerNorm<D>,
        /// Between the times.
        pub attention: MultiHeadAttention<D, H, K>,
        /// Of the feed-forward layer.
        pub second_norm: LayerNorm<D>,
        /// For each time.
        pub feed_forward: FeedForward<D, F>,
    }

    /// `x + attention(norm(x))`, then `x + feed_forward(norm(x))`, where each time attends to all: of an encoder, or of the patches of
    /// an image. `(B, T, D)`.
    ///
    /// With many blocks it trains without a warm-up, where [`post_norm_block`](post_norm_block()) needs one; the sum that comes out of the last block
    /// is not normed. Source: Xiong et al., *On Layer Normalization in the Transformer Architecture* (2020).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{LayerNorm, Linear, TransformerBlock, layer_norm, linear, pre_norm_block};
    ///     struct Encoder<const L: usize> { blocks: [TransformerBlock<8, 2, 4, 32>; L], norm: LayerNorm<8>, head: Linear<8, 3> }
    ///
    ///     fn scores<const L: usize>(p: Encoder<L>; x: [2, 5, 8]) -> [2, 5, 3] {
    ///         linear(layer_norm(repeat(pre_norm_block)(x, p.blocks), p.norm), p.head)
    ///     }
    /// }
    /// let p: Parameters<f64, Encoder<4>> = Encoder::init(Key::new(7));
    /// assert_eq!(scores().value(&p, &Tensor::zeros()), Tensor::zeros());
    /// ```
    pub fn pre_norm_block<B: Dim, T: Dim, D: Dim, H: Dim, K: Dim, F: Dim>(
        x: [B, T, D],
        p: TransformerBlock<D, H, K, F>,
    ) -> [B, T, D] {
        let x = x + self_attention(layer_norm(x, p.norm), p.attention);
        x + feed_forward(layer_norm(x, p.second_norm), p.feed_forward)
    }

    /// [`pre_norm_block`](pre_norm_block()) in which no time attends to a later one: of a language model, as GPT-2 is.
    pub fn causal_pre_norm_block<B: Dim, T: Dim, D: Dim, H: Dim, K: Dim, F: Dim>(
        x: [B, T, D],
        p: TransformerBlock<D, H, K, F>,
    ) -> [B, T, D] {
        let x = x + causal_self_attention(layer_norm(x, p.norm), p.attention);
        x + feed_forward(layer_norm(x, p.second_norm), p.feed_forward)
    }

    /// [`causal_pre_norm_block`](causal_pre_norm_block()) with rotary positions:
    /// [`rotary_self_attention`](super::rotary_self_attention()).
    pub fn rotary_pre_norm_block<B: Dim, T: Dim, D: Dim, H: Dim, K: Dim, F: Dim>(
        x: [B, T, D],
        p: TransformerBlock<D, H, K, F>,
    ) -> [B, T, D]
    where
        K / 2: Dim,
    {
        let x = x + rotary_self_attention(layer_norm(x, p.norm), p.attention);
        x + feed_forward(layer_norm(x, p.second_norm), p.feed_forward)
    }

    /// `norm(x + attention(x))`, then `norm(x + feed_forward(x))`, where each time attends to all. `(B, T, D)`. Source: Vaswani et al.,
    /// *Attention Is All You Need* (2017), 3.1.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{TransformerBlock, post_norm_block};
    ///     fn block(x: [1, 2, 4], p: TransformerBlock<4, 1, 4, 8>) -> [1, 2, 4] { post_norm_block(x, p) }
    /// }
    /// let p: Parameters<f64, TransformerBlock<N<4>, N<1>, N<4>, N<8>>> = TransformerBlock::init(Key::new(7));
    /// let y = block().value((&Tensor::from_fn(|[_, t, d]| (t + d * d) as f64), &p), ());
    /// let mean = (0..4).map(|d| y[[0, 1, d]]).sum::<f64>() / 4.0;
    /// assert!(mean.abs() < 1e-14); // what comes out is normed
    /// ```
    pub fn post_norm_block<B: Dim, T: Dim, D: Dim, H: Dim, K: Dim, F: Dim>(
        x: [B, T, D],
        p: TransformerBlock<D, H, K, F>,
    ) -> [B, T, D] {
        let x = layer_norm(x + self_attention(x, p.attention), p.norm);
        layer_norm(x + feed_forward(x, p.feed_forward), p.second_norm)
    }

    /// [`post_norm_block`](post_norm_block()) in which no time attends to a later one.
    pub fn causal_post_norm_block<B: Dim, T: Dim, D: Dim, H: Dim, K: Dim, F: Dim>(
        x: [B, T, D],
        p: TransformerBlock<D, H, K, F>,
    ) -> [B, T, D] {
        let x = layer_norm(x + causal_self_attention(x, p.attention), p.norm);
        layer_norm(x + feed_forward(x, p.feed_forward), p.second_norm)
    }

    /// [`causal_pre_norm_block`](causal_pre_norm_block()) of `T` times more of a text, by a cache of each block: see
    /// [`cached_self_attention`](super::cached_self_attention()).
    pub fn cached_pre_norm_block<B: Dim, T: Dim, C: Dim, D: Dim, H: Dim, K: Dim, F: Dim, P: Dim>(
        x: [B, T, D],
        past: KeyValueCache<B, C, H, K>,
        p: TransformerBlock<D, H, K, F>;
        at: [] < P,
    ) -> ([B, T, D], KeyValueCache<B, C, H, K>)
    where
        T: Dim<Plus<C> = Sum<C, T>>,
    {
        let (y, now) = cached_self_attention(layer_norm(x, p.norm), past, p.attention, at);
        let x = x + y;
        (x + feed_forward(layer_norm(x, p.second_norm), p.feed_forward), now)
    }

    /// [`rotary_pre_norm_block`](rotary_pre_norm_block()) by a cache, likewise.
    pub fn cached_rotary_pre_norm_block<B: Dim, T: Dim, C: Dim, D: Dim, H: Dim, K: Dim, F: Dim, P: Dim>(
        x: [B, T, D],
        past: KeyValueCache<B, C, H, K>,
        p: TransformerBlock<D, H, K, F>;
        at: [] < P,
    ) -> ([B, T, D], KeyValueCache<B, C, H, K>)
    where
        T: Dim<Plus<C> = Sum<C, T>>,
        K / 2: Dim,
    {
        let (y, now) = cached_rotary_self_attention(layer_norm(x, p.norm), past, p.attention, at);
        let x = x + y;
        (x + feed_forward(layer_norm(x, p.second_norm), p.feed_forward), now)
    }
}
