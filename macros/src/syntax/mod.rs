//! The syntax of the macros: what users write, read into trees.

pub(crate) mod consts;
pub(crate) mod dim;
pub(crate) mod einsum;
pub(crate) mod entry;
pub(crate) mod expression;
pub(crate) mod graph;
pub(crate) mod group;
pub(crate) mod header;
pub(crate) mod items;
pub(crate) mod pattern;
pub(crate) mod recovery;
pub(crate) mod shape;
pub(crate) mod statement;
pub(crate) mod uses;
pub(crate) mod value_type;
pub(crate) mod where_clause;
