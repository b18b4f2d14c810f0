//! Running programs.

#[expect(
    dead_code,
    unused_imports,
    reason = "what a plan needs, and the place of what is wrong in slices, are not shown yet"
)]
pub(crate) mod plan;
mod reference;
mod staged;

pub use plan::Float;
pub(crate) use plan::{Arena, Threads};
pub(crate) use reference::run_instruction;
pub(crate) use staged::Staged;
