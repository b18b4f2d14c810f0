//! Functions of each element.

pub(crate) mod apply;
mod double;
mod function;
pub(crate) mod one;
mod single;
mod wide;

pub use apply::Operand;
pub(crate) use function::Functions;
pub use function::{Binary, Unary};
