//! What a plan is made of and what it needs, known before it runs.

mod cost;
mod explained;
mod groups;
mod held;
mod widths;

pub use explained::Explained;
pub use groups::{Part, PlanStep};
pub use held::{Held, Lies, Memory};
