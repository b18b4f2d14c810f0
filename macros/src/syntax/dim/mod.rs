//! Sizes: numbers, consts and types, and what is computed from them.

mod digits;
mod operator;
mod parse;
mod tree;

pub(crate) use digits::of_const;
pub(crate) use parse::dim;
pub(crate) use tree::{Dim, Operation};
