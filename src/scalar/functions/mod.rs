//! The functions of scalars, by name.

mod binary;
mod comparison;
mod unary;

pub use binary::Binary;
pub use comparison::Comparison;
pub(crate) use unary::Domain;
pub use unary::Unary;
