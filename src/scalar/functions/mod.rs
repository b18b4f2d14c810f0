//! The functions of scalars: the lists of them, and a file for each family.

mod arithmetic;
mod binary;
mod comparison;
mod error_function;
mod exponential;
mod facts;
pub(super) mod function;
mod hyperbolic;
pub(super) mod kernels;
mod order;
mod power;
mod root;
mod trigonometric;
mod unary;

pub use binary::Binary;
pub use comparison::Comparison;
pub(super) use exponential::{Exp, Log};
pub(crate) use function::{Domain, Relation, Sign};
pub(super) use hyperbolic::{Sigmoid, Tanh};
pub(super) use root::Sqrt;
pub use unary::Unary;
