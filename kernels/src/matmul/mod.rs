//! Matrix products.

mod choose;
mod direct;
mod matrix;
mod packed;

pub use choose::matmul;
pub use matrix::{Matrix, MatrixMut, Product, ProductError};
