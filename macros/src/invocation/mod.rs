//! One file for each macro: it reads its input, and answers with the expansion or with all errors.

mod einsum;
mod graph;
mod graph_type;
mod shape;
mod tlist;

#[cfg(test)]
mod tests;

pub(crate) use einsum::expand_einsum;
pub(crate) use graph::expand_graph;
pub(crate) use graph_type::expand_graph_type;
pub(crate) use shape::{expand_context, expand_environment, expand_shape};
pub(crate) use tlist::{expand_list, expand_pattern};
