//! Rows and channels, normalised.

mod batch_norm;
mod layer_norm;
mod log_softmax;
pub(crate) mod softmax;

#[doc(hidden)]
pub use batch_norm::{BatchNorm, BatchNormInference};
pub use batch_norm::{batch_norm, batch_norm_inference};
pub use layer_norm::layer_norm;
#[doc(hidden)]
pub use layer_norm::{LayerNorm, NormalRows};
#[doc(hidden)]
pub use log_softmax::LogSoftmax;
pub use log_softmax::log_softmax;
#[doc(hidden)]
pub use softmax::Softmax;
pub use softmax::softmax;
