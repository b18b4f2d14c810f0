//! Work that does not need what a loop carries, moved out of it.

mod after;
mod before;
mod facts;
mod pass;
mod sums;
mod through;

#[cfg(test)]
mod tests;

pub use pass::hoist;
