//! The plan: a program of `f32` or `f64` with its memory and its kernels chosen, once, before it runs.
//!
//! A program becomes nodes (`lower.rs`, `lower/`): what reads the same elements again is a view, what works element by element
//! joins a chain with the reductions at its end, everything else is a node of its own. Successive nodes over small values
//! become one (`small.rs`). The nodes get their places in one arena
//! (`memory.rs`), and become steps (`emit.rs`, `compile.rs`), which run over slices (`step.rs`).
//!
//! The reference interpreter says what is right: a plan gives its numbers, up to the order of sums.

mod aligned;
mod along;
mod arena;
mod carried;
mod chain;
mod check;
mod compile;
mod copy;
mod elements;
mod emit;
mod error;
mod float;
mod fused;
mod given;
mod index;
mod keys;
mod limits;
mod lower;
mod makers;
mod member;
mod memory;
mod node;
mod not_finite;
mod offsets;
mod origin;
mod parts;
mod patches;
mod place;
mod places;
mod plan;
mod pools;
mod product;
mod product_axes;
mod profile;
mod registers;
mod report;
mod small;
mod step;
#[cfg(test)]
mod tests;
mod threads;
mod top;
mod user_kernel;
mod values;
mod view;
mod walk;
mod watch;
mod window;

pub(crate) use arena::Arena;
pub(crate) use error::PlanError;
pub use float::Float;
pub use limits::Limits;
pub use not_finite::{Made, NotFinite};
pub use origin::Origin;
pub(crate) use plan::Plan;
pub use profile::{Event, Profile, Timed};
pub use report::{Explained, Held, Lies, Memory, Part, PlanStep};
pub(crate) use threads::Threads;
