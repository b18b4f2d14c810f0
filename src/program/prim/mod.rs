//! The primitives, a file for each family.

mod affine;
mod axes;
mod call;
mod choice;
mod constant;
mod contract;
mod derived;
mod elementwise;
mod index;
mod layout;
mod linear;
pub(crate) mod random;
mod reduce;
mod scalars;
mod scan;
mod scan_pullback;
mod single;
mod steps;
mod strided;
#[cfg(test)]
mod trial;
mod window;

#[cfg(test)]
pub(super) use contract::alone;
pub(crate) use index::entries::Entries;
pub(crate) use strided::around;
