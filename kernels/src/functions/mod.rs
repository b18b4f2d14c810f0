//! Functions of each element.

mod block;
mod double;
mod function;
mod single;
mod wide;

pub(crate) use block::same;
pub use block::{LengthError, Operand, binary, binary_in_place, select, unary, unary_in_place};
pub(crate) use function::Functions;
pub use function::{Binary, Unary};
