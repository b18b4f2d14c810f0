//! A field with random functions: identities between graphs, tested at random points.

mod arithmetic;
mod chain;
mod functions;
mod oracle;

pub use oracle::Oracle;
