//! Convolutions and poolings.

mod conv2d;
mod pool;

pub use conv2d::{Conv2d, conv2d};
pub use pool::{AvgPool2d, MaxPool2d, PaddingInKernel, avg_pool2d, max_pool2d};
