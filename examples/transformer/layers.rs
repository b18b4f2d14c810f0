//! A library of six layers, generic over all their dims: a group of parameters, and a graph that takes it.
//!
//! No graph here says more of a dim than that it is one.

use cotangent::prelude::*;

graph! {
    /// A matrix and a bias.
    pub struct Linear<I: Dim, O: Dim> { pub weight: [I, O], pub bias: [O] }

    /// What a normed row is multiplied by, and what is added to it.
    pub struct Norm<D: Dim> { pub gain: [D], pub shift: [D] }

    /// A vector for each token, and one for each place.
    pub struct Embedding<V: Dim, T: Dim, D: Dim> { pub token: [V, D], pub place: [T, D] }

    /// A matrix to `H` heads of width `K`, and their bias.
    pub struct Heads<D: Dim, H: Dim, K: Dim> { pub weight: [D, H, K], pub bias: [H, K] }

    /// Projections to queries, keys and values, and back from the heads.
    pub struct Attention<D: Dim, H: Dim, K: Dim> {
        pub query: Heads<D, H, K>,
        pub key: Heads<D, H, K>,
        pub value: Heads<D, H, K>,
        pub out: Linear<H * K, D>,
    }

    /// Two linear layers, with four times the width between them.
    pub struct FeedForward<D: Dim> { pub up: Linear<D, 4 * D>, pub down: Linear<4 * D, D> }

    /// A block of a transformer.
    pub struct Block<D: Dim, H: Dim, K: Dim> {
        pub norm: Norm<D>,
        pub attention: Attention<D, H, K>,
        pub second_norm: Norm<D>,
        pub feed_forward: FeedForward<D>,
    }

    /// `x weight + bias`, for each row.
    pub fn linear<B: Dim, T: Dim, I: Dim, O: Dim>(x: [B, T, I], p: Linear<I, O>) -> [B, T, O] {
        matmul(x, p.weight) + p.bias
    }

    /// Each row with mean 0 and variance 1, then scaled and shifted.
    pub fn norm<B: Dim, T: Dim, D: Dim>(x: [B, T, D], p: Norm<D>) -> [B, T, D] {
        layer_norm(x, p.gain, p.shift, 1e-5)
    }

    /// The vector of each token, plus that of its place.
    pub fn embed<B: Dim, T: Dim, V: Dim, D: Dim>(p: Embedding<V, T, D>; tokens: [B, T] < V) -> [B, T, D] {
        embedding(p.token, tokens) + p.place
    }

    fn heads<B: Dim, T: Dim, D: Dim, H: Dim, K: Dim>(x: [B, T, D], p: Heads<D, H, K>) -> [B, T, H, K] {
        einsum!("btd,dhk->bthk", x, p.weight) + p.bias
    }

    /// Causal self-attention with `H` heads.
    pub fn attention<B: Dim, T: Dim, D: Dim, H: Dim, K: Dim>(x: [B, T, D], p: Attention<D, H, K>) -> [B, T, D] {
        let mixed = causal_attention(heads(x, p.query), heads(x, p.key), heads(x, p.value));
        linear(merge_axes(mixed, 2), p.out)
    }

    /// `x sigmoid(x)` between two linear layers.
    pub fn feed_forward<B: Dim, T: Dim, D: Dim>(x: [B, T, D], p: FeedForward<D>) -> [B, T, D] {
        let h = linear(x, p.up);
        linear(h * sigmoid(h), p.down)
    }

    /// Attention, then a feed-forward layer, each of the normed rows and added to them.
    pub fn block<B: Dim, T: Dim, D: Dim, H: Dim, K: Dim>(x: [B, T, D], p: Block<D, H, K>) -> [B, T, D] {
        let x = x + attention(norm(x, p.norm), p.attention);
        x + feed_forward(norm(x, p.second_norm), p.feed_forward)
    }
}
