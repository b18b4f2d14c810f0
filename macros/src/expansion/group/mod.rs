//! The items of a group of parameters.

mod declaration;
mod expand;
mod handles;
mod item;
mod values;

pub(crate) use expand::expand;
