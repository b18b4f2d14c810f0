//! Running programs.

mod reference;

pub(crate) use reference::run_instruction;
