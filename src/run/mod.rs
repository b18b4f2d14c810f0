//! Running programs.

pub(crate) mod plan;
mod reference;
mod staged;

pub use plan::Float;
pub(crate) use plan::{Arena, Threads};
pub(crate) use reference::run_instruction;
pub(crate) use staged::Staged;
