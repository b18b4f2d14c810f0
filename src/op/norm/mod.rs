//! Rows and channels, normalised.

mod batch_norm;
mod layer_norm;
mod log_softmax;
pub(crate) mod softmax;

pub use batch_norm::{BatchNorm, BatchNormInference, batch_norm, batch_norm_inference};
pub use layer_norm::{LayerNorm, NormalRows, layer_norm};
pub use log_softmax::{LogSoftmax, log_softmax};
pub use softmax::{Softmax, softmax};
