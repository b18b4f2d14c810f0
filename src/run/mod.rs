//! Running programs.

pub(crate) mod plan;
mod reference;
mod staged;

pub(crate) use plan::Arena;
pub use plan::Float;
pub(crate) use reference::run_instruction;
pub(crate) use staged::Staged;
