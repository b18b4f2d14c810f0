//! Convolutions and poolings.

mod adaptive_pool;
mod conv1d;
mod conv2d;
mod conv_transpose;
mod global_pool;
mod pool;
mod pool1d;
mod upsample;

#[doc(hidden)]
pub use adaptive_pool::{AdaptiveAvgPool2d, AdaptiveMaxPool2d, PoolsTo};
pub use adaptive_pool::{adaptive_avg_pool2d, adaptive_max_pool2d};
#[doc(hidden)]
pub use conv_transpose::{ConvTranspose1d, ConvTranspose2d};
pub use conv_transpose::{conv_transpose1d, conv_transpose2d};
#[doc(hidden)]
pub use conv1d::Conv1d;
pub use conv1d::conv1d;
#[doc(hidden)]
pub use conv2d::{BiasOf, Conv2d, ConvBias};
pub use conv2d::{NoBias, conv2d};
#[doc(hidden)]
pub use global_pool::{GlobalAvgPool, GlobalMaxPool, Positions};
pub use global_pool::{global_avg_pool, global_max_pool};
#[doc(hidden)]
pub use pool::{AvgPool2d, MaxPool2d, PaddingInKernel};
pub use pool::{avg_pool2d, max_pool2d};
#[doc(hidden)]
pub use pool1d::{AvgPool1d, MaxPool1d, PaddingInKernel1d};
pub use pool1d::{avg_pool1d, max_pool1d};
#[doc(hidden)]
pub use upsample::{Enlarged, UpsampleBilinear, UpsampleNearest};
pub use upsample::{upsample_bilinear, upsample_nearest};
