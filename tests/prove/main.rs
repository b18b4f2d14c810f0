//! Proofs: whole graphs, and the algebra in which they are made.

#[path = "../common/random_graph.rs"]
mod random_graph;
#[macro_use]
#[path = "../common/typed_graphs.rs"]
mod typed_graphs;

mod environments;
mod proofs;
mod term;
