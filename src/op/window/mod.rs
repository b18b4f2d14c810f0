//! Convolutions and poolings.

mod conv2d;
mod pool;

#[doc(hidden)]
pub use conv2d::{BiasOf, Conv2d, ConvBias};
pub use conv2d::{NoBias, conv2d};
#[doc(hidden)]
pub use pool::{AvgPool2d, MaxPool2d, PaddingInKernel};
pub use pool::{avg_pool2d, max_pool2d};
