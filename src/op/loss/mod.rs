//! What is minimised.

mod bce_with_logits;
mod cosine_similarity;
mod cross_entropy;
mod cross_entropy_options;
mod cross_entropy_with;
mod hinge;
mod huber;
mod kl_divergence;
mod mae;
mod mse;
mod nll;

#[doc(hidden)]
pub use bce_with_logits::{BceWithLogits, WeightedBceWithLogits};
pub use bce_with_logits::{bce_with_logits, weighted_bce_with_logits};
#[doc(hidden)]
pub use cosine_similarity::{CosineLoss, CosineSimilarity};
pub use cosine_similarity::{cosine_loss, cosine_similarity};
pub use cross_entropy::cross_entropy;
#[doc(hidden)]
pub use cross_entropy::{CrossEntropy, LogitsFor};
#[doc(hidden)]
pub use cross_entropy_options::ClassWeights;
pub use cross_entropy_options::{CrossEntropyOptions, NoWeights};
pub use cross_entropy_with::cross_entropy_with;
#[doc(hidden)]
pub use cross_entropy_with::{CrossEntropyWith, WeightsOf};
#[doc(hidden)]
pub use hinge::Hinge;
pub use hinge::hinge;
#[doc(hidden)]
pub use huber::Huber;
pub use huber::huber;
#[doc(hidden)]
pub use kl_divergence::KlDivergence;
pub use kl_divergence::kl_divergence;
#[doc(hidden)]
pub use mae::Mae;
pub use mae::mae;
#[doc(hidden)]
pub use mse::Mse;
pub use mse::mse;
#[doc(hidden)]
pub use nll::Nll;
pub use nll::nll;
