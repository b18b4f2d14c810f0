//! Elementwise values that are needed again much later: computed again there, where this is cheaper than to keep them.

mod choose;
mod facts;
mod pass;

#[cfg(test)]
mod tests;

pub use pass::recompute;
