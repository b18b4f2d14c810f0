//! Layers: groups of parameters with their graphs, generic over dims.
//!
//! ```
//! use cotangent::prelude::*;
//! graph! {
//!     use cotangent::nn::{Linear, linear};
//!     struct Model { hidden: Linear<3, 8>, out: Linear<8, 2> }
//!     fn model(x: [4, 3], p: Model) -> [4, 2] { linear(tanh(linear(x, p.hidden)), p.out) }
//! }
//! let p: Parameters<f64, Model> = Model::init(Key::new(7));
//! let y = model().value((&Tensor::zeros(), &p), ());
//! assert_eq!(y, Tensor::zeros()); // the biases are 0 at first
//! ```
//!
//! | kind | groups and their graphs |
//! | --- | --- |
//! | dense | [`Linear`], [`Mlp`], [`ResidualMlp`] |
//! | of signals and images | [`Conv1d`], [`Conv2d`], [`ConvTranspose1d`], [`ConvTranspose2d`], [`BasicBlock`] and [`DownBlock`] of a ResNet |
//! | norms | [`LayerNorm`], [`RmsNorm`], [`GroupNorm`], [`BatchNorm`] |
//! | recurrent | [`Rnn`], [`Gru`], [`Lstm`], in both directions |
//! | attention | [`MultiHeadAttention`], [`GroupedQueryAttention`]; causal, across, rotary, by a [`KeyValueCache`] |
//! | transformers | [`Embedding`], [`FeedForward`], [`GatedFeedForward`], [`TransformerBlock`] |
//!
//! What has no parameters is an op: [`dropout(x, key, 0.1)`](crate::op::dropout()), whose mask follows from a key of the environment, and
//! the activations, pools and losses of [`op`](crate::op). Where a layer has the name of an op, it is that op with its parameters.

mod attention;
mod batch_norm;
mod cache;
mod conv;
mod conv_transpose;
mod embedding;
mod feed_forward;
mod grouped_attention;
mod gru;
pub mod init;
mod linear;
mod lstm;
mod mlp;
mod norm;
mod residual;
mod rnn;
mod transformer;

pub use attention::{
    Heads, MultiHeadAttention, causal_self_attention, cross_attention, heads, merge_heads,
    rotary_self_attention, self_attention,
};
pub use batch_norm::{BatchNorm, Statistics, batch_norm, batch_norm_inference};
pub use cache::{KeyValueCache, cached_rotary_self_attention, cached_self_attention};
pub use conv::{Conv1d, Conv2d, conv1d, conv2d};
pub use conv_transpose::{ConvTranspose1d, ConvTranspose2d, conv_transpose1d, conv_transpose2d};
pub use embedding::{Embedding, embedding};
pub use feed_forward::{FeedForward, GatedFeedForward, feed_forward, gated_feed_forward};
pub use grouped_attention::{
    GroupedQueryAttention, cached_grouped_rotary_self_attention, grouped_causal_self_attention,
    grouped_rotary_self_attention, grouped_self_attention,
};
pub use gru::{Gru, gru, gru_both, gru_reverse};
pub use linear::{Linear, linear};
pub use lstm::{Lstm, lstm, lstm_both, lstm_hidden, lstm_reverse};
pub use mlp::{Mlp, mlp};
pub use norm::{GroupNorm, LayerNorm, RmsNorm, group_norm, layer_norm, rms_norm};
pub use residual::{
    BasicBlock, BasicStatistics, DownBlock, DownStatistics, ResidualMlp, basic_block,
    basic_block_inference, down_block, down_block_inference, residual_mlp,
};
pub use rnn::{Rnn, rnn, rnn_both, rnn_reverse};
pub use transformer::{
    TransformerBlock, cached_pre_norm_block, cached_rotary_pre_norm_block, causal_post_norm_block,
    causal_pre_norm_block, post_norm_block, pre_norm_block, rotary_pre_norm_block,
};
