//! Running programs.

#[expect(
    dead_code,
    unused_imports,
    reason = "what a user calls comes with its own floor"
)]
mod plan;
mod reference;
mod staged;

pub(crate) use reference::run_instruction;
pub(crate) use staged::Staged;
