//! Proofs: whole graphs, and the algebra in which they are made.

#[path = "../common/random_graph.rs"]
mod random_graph;
#[path = "../common/random_program.rs"]
mod random_program;
#[macro_use]
#[path = "../common/typed_graphs.rs"]
mod typed_graphs;

mod computed_labels;
mod environments;
mod gradients;
mod graphs_of_graphs;
mod kernels;
mod passes;
mod proofs;
mod shapes;
mod term;
mod wrong_ops;
