//! Running programs.

mod reference;
mod staged;

pub(crate) use reference::run_instruction;
pub(crate) use staged::Staged;
