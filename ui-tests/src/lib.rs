//! The programs that must not compile, with what is said about each, and the pages that are made of them: `docs/errors.md`,
//! which lists them, and `docs/errors/`, one for each mistake.
//!
//! A program `op/fail/bias.rs` has two files beside it: `bias.stderr` is what a user reads, and `bias.md` is its entry, or
//! names the entry that it belongs to. `tests/` compiles the programs and holds the rest to rules.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod code;
mod coming;
mod comparison;
mod entry;
mod files;
mod index;
mod program;
mod rustc;

pub use code::{Code, codes};
pub use coming::{COMING, Section, coming_from};
pub use comparison::Comparison;
pub use entry::{Entry, Page};
pub use files::{ENTRIES, MODULES, PAGE, Sources, entries, repository, subjects};
pub use index::Index;
pub use program::Program;
pub use rustc::Words;
