//! What is minimised.

mod cross_entropy;
mod mse;

pub use cross_entropy::cross_entropy;
#[doc(hidden)]
pub use cross_entropy::{CrossEntropy, LogitsFor};
#[doc(hidden)]
pub use mse::Mse;
pub use mse::mse;
