//! Equal instructions once, constants folded, what changes nothing left out.

mod contract;
mod elementwise;
mod fold;
mod known;
mod layout;
mod pass;
#[cfg(test)]
mod tests;

pub use pass::simplify;
