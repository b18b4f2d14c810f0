//! Mutants of the library. `cargo run -p mutants` makes one mistake after the other in a copy of the sources, runs the
//! laws (`judge/`), and says which law caught which. A mutant that no law catches, or only one that it does not name, is
//! an error.

#![forbid(unsafe_code)]

pub mod mutant;
pub mod scratch;
pub mod verdict;
