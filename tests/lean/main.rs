//! The Lean file's wing: the tape, each law as a theorem, and mutants that each law refuses.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/random_graph.rs"]
mod random_graph;
#[macro_use]
#[path = "../common/typed_graphs.rs"]
mod typed_graphs;

mod correspondence;
mod laws;
mod mutants;
mod tape;
