#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]
#![warn(missing_docs)]

mod dots;
mod float;
mod functions;
mod join;
mod length;
mod list;
mod mask;
mod matmul;
mod pool;
mod reduce;
mod small;
mod sums;
mod walk;
mod windows;

pub use dots::Dots;
pub use float::Float;
pub use functions::{Binary, Operand, Unary};
pub use join::Join;
pub use length::LengthError;
pub use list::{Block, Call, Instruction, ListError, Source, Target, binary, select, unary};
pub use mask::{mask, uniform};
pub use matmul::{Matrix, MatrixMut, Product, ProductError, matmul};
pub use pool::Pool;
pub use reduce::{axpy, dot, larger, max, row_sums, sum};
pub use small::{
    Cell, Each, Joined, Moved, Region, Run, Slices, Small, SmallError, SmallProduct, Spread, Work,
};
pub use sums::Sums;
pub use walk::Walk;
pub use windows::Windows;
