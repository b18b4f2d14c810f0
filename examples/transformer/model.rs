//! The model: 12 blocks, each with parameters of its own, over a text of at most 32 different letters.

use cotangent::prelude::*;

/// How many letters there are, how many are read at once, and how wide a vector is.
pub const LETTERS: usize = 32;
pub const TIME: usize = 16;
/// Texts in a mini-batch.
pub const BATCH: usize = 4;

type V = N<LETTERS>;
type T = N<TIME>;
type D = N<32>;
/// Heads, and the width of each.
type H = N<4>;
type K = N<8>;

graph! {
    use cotangent::nn::{
        Embedding, LayerNorm, Linear, TransformerBlock, causal_pre_norm_block, embedding, layer_norm, linear,
    };

    /// All parameters.
    pub struct Model<V: Dim, T: Dim, D: Dim, H: Dim, K: Dim> {
        pub letters: Embedding<V, D>,
        /// A vector for each place.
        #[init(normal(0.02))]
        pub places: [T, D],
        pub blocks: [TransformerBlock<D, H, K, 4 * D>; 12],
        pub norm: LayerNorm<D>,
        pub head: Linear<D, V>,
    }

    /// A score for each letter that may follow, at each place of each text.
    pub fn scores<B: Dim>(p: Model<V, T, D, H, K>; letters: [B, T] < V) -> [B, T, V] {
        let x = embedding(p.letters, letters) + p.places;
        let x = repeat(causal_pre_norm_block)(x, p.blocks);
        linear(layer_norm(x, p.norm), p.head)
    }

    /// The mean cross-entropy of the letters that do follow.
    pub fn loss<B: Dim>(p: Model<V, T, D, H, K>; letters: [B, T] < V, next: [B, T] < V) -> [] {
        cross_entropy(scores(p, letters), next)
    }
}

/// All parameters, as values; gradients have the same type.
pub type Weights = Parameters<f32, Model<V, T, D, H, K>>;
