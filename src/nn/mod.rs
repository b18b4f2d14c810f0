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
