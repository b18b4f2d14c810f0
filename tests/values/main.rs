//! Values and their types: dims, scalars, tensors and keys.

mod arithmetic;
#[cfg(feature = "ndarray")]
mod arrays;
mod comparisons;
mod dims;
mod errors;
mod intervals;
mod keys;
mod scalars;
mod series;
mod tensor;
