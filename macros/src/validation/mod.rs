//! What is wrong with a graph as far as the macro can tell: names, counts of values, and Rust that is no part of a
//! graph.

pub(crate) mod callees;
mod edit_distance;
pub(crate) mod groups;
pub(crate) mod refusal;
pub(crate) mod scope;
pub(crate) mod undetermined;
