//! Expansion: the Rust that graphs, groups and sums of products become.

mod body;
mod bounds;
mod dims_used;
mod einsum;
mod function;
mod group;
mod pattern;
mod projection;

pub(crate) use einsum::expand as expand_einsum;
pub(crate) use function::expand as expand_function;
pub(crate) use group::expand as expand_group;
