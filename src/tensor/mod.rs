//! Tensors: [`Tensor`] with its shape in the type, [`AnyTensor`] with its dims at run time.
//!
//! ```
//! use cotangent::prelude::*;
//! let typed = Tensor::from([[1.0, 2.0], [3.0, 4.0]]); // Tensor<f64, shape![2, 2]>
//! let any: AnyTensor<f64> = typed.to_any();
//! assert_eq!(any.dims().to_string(), "[2, 2]");
//! assert_eq!(any.cast(), Ok(typed)); // back, its dims checked
//! ```

mod any;
mod approximate;
mod arithmetic;
#[cfg(feature = "ndarray")]
mod arrays;
mod convert;
mod dims;
mod display;
mod dot;
mod error;
mod index;
mod key;
mod position;
mod reduce;
mod slices;
mod stacked;
mod typed;
mod value;

pub use any::AnyTensor;
#[doc(hidden)]
pub use convert::{Length, Nested, NestedArray};
pub use dims::Dims;
pub(crate) use dot::dot;
pub use error::TensorError;
#[doc(hidden)]
pub use index::Indexed;
pub use key::Key;
pub(crate) use position::Position;
#[doc(hidden)]
pub use typed::OneElement;
pub use typed::Tensor;
pub(crate) use value::only_tensors;
pub use value::{Indices, Type, Value};
