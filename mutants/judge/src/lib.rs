//! Runs the laws of the library over a fixed set of graphs, and says which do not hold. On the library as it is, all do;
//! the command `mutants` builds this against a library with one mistake in it.

#![forbid(unsafe_code)]

mod findings;
mod graphs;
mod lists;
mod of_graph;
mod ops;
mod passes;
mod promises;
mod tapes;

pub use findings::{Finding, Judge};

/// Runs everything, or until one of these laws does not hold.
pub fn judge(until: Vec<String>) -> Judge {
    let mut judge = Judge::until(until);
    lists::check(&mut judge);
    tapes::check(&mut judge);
    graphs::check(&mut judge);
    ops::check(&mut judge);
    promises::check(&mut judge);
    judge
}
