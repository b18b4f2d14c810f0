//! Tokens of ours: where they stand, and the lists that they write.

mod list;
mod span;

pub(crate) use list::{list_type, list_value};
pub(crate) use span::{after, before, ends, hygienic, hygienic_after, hygienic_before};
