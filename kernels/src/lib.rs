#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]
#![warn(missing_docs)]

mod float;
mod functions;
mod matmul;
mod reduce;

pub use float::Float;
pub use functions::{
    Binary, LengthError, Operand, Unary, binary, binary_in_place, select, unary, unary_in_place,
};
pub use matmul::{Matrix, MatrixMut, Product, ProductError, matmul};
pub use reduce::{axpy, dot, max, row_sums, sum};
