//! From program to program: tangents, pullbacks, batches, and the passes that make programs smaller.

mod activity;
mod batch;
mod copy;
mod functions;
mod hoist;
mod inline;
mod inside;
mod jvp;
mod prune;
mod recompute;
mod rules;
mod simplify;
mod vjp;
mod zeros;

pub use batch::Batch;
pub(crate) use functions::TRANSFORM;
pub use functions::{batch, jvp, vjp};
pub use hoist::hoist;
pub use inline::inline;
pub use jvp::Jvp;
pub use prune::prune;
pub use recompute::recompute;
pub use rules::rule_of;
pub(crate) use rules::{cotangent_of, rules_of, rules_of_wanted, tangent_of};
pub use simplify::simplify;
pub use vjp::Vjp;
