//! What is minimised.

mod cross_entropy;
mod mse;

pub use cross_entropy::{CrossEntropy, LogitsFor, cross_entropy};
pub use mse::{Mse, mse};
