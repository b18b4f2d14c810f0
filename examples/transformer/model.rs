//! The model: 12 blocks, each with parameters of its own, over a text of at most 32 different letters.

use cotangent::context::by_name;
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
    use super::layers::{Block, Embedding, Linear, Norm, block, embed, linear, norm};

    /// All parameters.
    pub struct Model<V: Dim, T: Dim, D: Dim, H: Dim, K: Dim> {
        pub embedding: Embedding<V, T, D>,
        pub blocks: [Block<D, H, K>; 12],
        pub norm: Norm<D>,
        pub head: Linear<D, V>,
    }

    /// A score for each letter that may follow, at each place of each text.
    pub fn scores<B: Dim>(p: Model<V, T, D, H, K>; letters: [B, T] < V) -> [B, T, V] {
        let x = embed(p.embedding, letters);
        let x = repeat(block)(x, p.blocks);
        linear(norm(x, p.norm), p.head)
    }

    /// The mean cross-entropy of the letters that do follow.
    pub fn loss<B: Dim>(p: Model<V, T, D, H, K>; letters: [B, T] < V, next: [B * T] < V) -> [] {
        cross_entropy(merge_axes(scores(p, letters), 0), next)
    }
}

/// All parameters, as values; gradients have the same type.
pub type Weights = Parameters<f32, Model<V, T, D, H, K>>;

/// Matrices by the number of their rows, gains of 1, all else 0.
pub fn initial(rng: &mut fastrand::Rng) -> Result<Weights, EraseError> {
    by_name::<f32, Model<V, T, D, H, K>>(|name, dims| {
        let scale = match **dims {
            _ if name.ends_with(".gain") => return vec![1.0; dims.count()],
            _ if name.ends_with(".bias") || name.ends_with(".shift") => 0.0,
            [rows, ..] => (rows as f32).sqrt().recip(),
            _ => 0.0,
        };
        (0..dims.count())
            .map(|_| scale * (2.0 * rng.f32() - 1.0))
            .collect()
    })
}
