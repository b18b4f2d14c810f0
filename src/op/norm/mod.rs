//! Rows and channels, normalised.

mod batch_norm;
mod group_norm;
mod layer_norm;
mod log_softmax;
mod rms_norm;
pub(crate) mod softmax;

#[doc(hidden)]
pub use batch_norm::{BatchNorm, BatchNormInference};
pub use batch_norm::{batch_norm, batch_norm_inference};
#[doc(hidden)]
pub use group_norm::{EqualGroups, GroupNorm, InstanceNorm, NormalChannels};
pub use group_norm::{group_norm, instance_norm};
pub use layer_norm::layer_norm;
#[doc(hidden)]
pub use layer_norm::{LayerNorm, NormalRows};
#[doc(hidden)]
pub use log_softmax::LogSoftmax;
pub use log_softmax::log_softmax;
pub use rms_norm::rms_norm;
#[doc(hidden)]
pub use rms_norm::{RmsNorm, ScaledRows};
#[doc(hidden)]
pub use softmax::Softmax;
pub use softmax::softmax;
