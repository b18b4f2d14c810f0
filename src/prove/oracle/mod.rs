//! A field with random functions: identities between graphs, tested at random points.

mod arithmetic;
mod chain;
mod functions;
mod oracle;

pub(crate) use functions::with_opaque_exponentials;
pub use oracle::Oracle;
