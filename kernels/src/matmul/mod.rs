//! Matrix products.

mod choose;
mod direct;
mod dots;
mod matrix;
mod packed;
mod small;
mod transpose;
mod turned;

pub use choose::matmul;
pub use matrix::{Matrix, MatrixMut, Product, ProductError};
pub(crate) use small::Chosen;
pub(crate) use transpose::Turn;
