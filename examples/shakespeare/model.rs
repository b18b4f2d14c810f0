//! A transformer over letters: four blocks with rotary positions.

use cotangent::optim::Trainer;
use cotangent::prelude::*;

/// The line feed, and ASCII from the space to `~`.
pub const LETTERS: usize = 96;
/// How many letters are read at once.
pub const TIME: usize = 128;
const DROPPED: f64 = 0.1;
/// The scores of a letter that is drawn are divided by it: the smaller, the fewer surprises.
const TEMPERATURE: f64 = 0.8;

type V = N<LETTERS>;
type T = N<TIME>;
/// What is kept of a text: all that the last of `TIME` letters attends to.
type C = N<{ TIME - 1 }>;
type D = N<128>;
type F = N<512>;
/// Heads, and the width of each.
type H = N<4>;
type K = N<32>;

/// How long a text may become that is gone on with.
type P = N2<100, 0>;

/// Where a letter stands.
pub type Place = LabelsOf<P, shape![]>;

/// An example: letters, and those that follow them.
pub type Piece = environment![[T] < V, [T] < V];

/// The model in training, by batches of `B`.
pub type Of<const B: usize> = Trainer<
    f32,
    Parameters<f32, Model>,
    environment![[{ B }, T] < V, [{ B }, T] < V],
    environment![[]],
    environment![key],
>;

graph! {
    use cotangent::nn::{
        Embedding, KeyValueCache, LayerNorm, Linear, TransformerBlock, cached_rotary_pre_norm_block, embedding, feed_forward,
        layer_norm, linear, rotary_pre_norm_block, rotary_self_attention,
    };

    pub struct Model {
        pub letters: Embedding<V, D>,
        pub blocks: [TransformerBlock<D, H, K, F>; 4],
        pub norm: LayerNorm<D>,
        pub head: Linear<D, V>,
    }

    /// A block of the model with dropout, for the training.
    fn block<B: Dim>(x: [B, T, D], p: TransformerBlock<D, H, K, F>; key) -> [B, T, D] {
        let x = x + dropout(rotary_self_attention(layer_norm(x, p.norm), p.attention), key, DROPPED);
        x + dropout(feed_forward(layer_norm(x, p.second_norm), p.feed_forward), key, DROPPED)
    }

    /// The mean cross-entropy of the letters that follow, and the next key.
    pub fn loss<B: Dim>(p: Model; key, letters: [B, T] < V, next: [B, T] < V) -> ([], key) {
        let x = dropout(embedding(p.letters, letters), key, DROPPED);
        let x = repeat(block)(x, p.blocks, key);
        (cross_entropy(linear(layer_norm(x, p.norm), p.head), next), next_key(key))
    }

    /// A score for each letter that may follow, at each place of each text: without dropout.
    pub fn scores<B: Dim>(p: Model; letters: [B, T] < V) -> [B, T, V] {
        let x = repeat(rotary_pre_norm_block)(embedding(p.letters, letters), p.blocks);
        linear(layer_norm(x, p.norm), p.head)
    }

    /// Their mean cross-entropy, for the held-out text.
    pub fn judge<B: Dim>(p: Model; letters: [B, T] < V, next: [B, T] < V) -> [] {
        cross_entropy(scores(p, letters), next)
    }

    /// What is kept of a text: a cache of each block.
    pub struct Past {
        pub first: KeyValueCache<1, C, H, K>,
        pub second: KeyValueCache<1, C, H, K>,
        pub third: KeyValueCache<1, C, H, K>,
        pub fourth: KeyValueCache<1, C, H, K>,
    }

    /// The scores after one letter more, of which there were `at` before it.
    pub fn next_scores(p: Model; past: Past, letter: [1, 1] < V, at: [] < P) -> ([1, V], Past) {
        let x = embedding(p.letters, letter);
        let (x, first) = cached_rotary_pre_norm_block(x, past.first, p.blocks[0], at);
        let (x, second) = cached_rotary_pre_norm_block(x, past.second, p.blocks[1], at);
        let (x, third) = cached_rotary_pre_norm_block(x, past.third, p.blocks[2], at);
        let (x, fourth) = cached_rotary_pre_norm_block(x, past.fourth, p.blocks[3], at);
        let scores: [1, 1, V] = linear(layer_norm(x, p.norm), p.head);
        (merge_axes(scores, 0), Past { first, second, third, fourth })
    }

    /// A letter that may follow, drawn by its score.
    pub fn next_letter(p: Model; past: Past, letter: [1, 1] < V, at: [] < P, key) -> ([1] < V, Past, key) {
        let (scores, past) = next_scores(p, past, letter, at);
        (categorical(key, scores / TEMPERATURE, 1), past, next_key(key))
    }
}
