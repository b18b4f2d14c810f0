#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]
#![warn(missing_docs)]

mod float;
mod matmul;

pub use float::Float;
pub use matmul::{Matrix, MatrixMut, Product, ProductError, matmul};
