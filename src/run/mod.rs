//! Running programs.

#[allow(
    unused_imports,
    reason = "what a plan takes in slices is not shown yet"
)]
pub(crate) mod plan;
mod reference;
mod staged;

pub(crate) use plan::Arena;
pub use plan::Float;
pub(crate) use reference::run_instruction;
pub(crate) use staged::Staged;
