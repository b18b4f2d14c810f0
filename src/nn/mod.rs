//! Layers: groups of parameters with their graphs, generic over dims.

mod batch_norm;
mod conv;
mod embedding;
pub mod init;
mod linear;
mod lstm;
mod mlp;
mod norm;

pub use batch_norm::{BatchNorm, Statistics, batch_norm, batch_norm_inference};
pub use conv::{Conv2d, conv2d};
pub use embedding::{Embedding, embedding};
pub use linear::{Linear, linear};
pub use lstm::{Lstm, lstm, lstm_both, lstm_hidden, lstm_reverse};
pub use mlp::{Mlp, mlp};
pub use norm::{LayerNorm, layer_norm};
