//! What can go wrong when a tensor is made from data.

use super::Dims;

/// What can go wrong when a tensor is made from data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TensorError {
    /// A list of elements of the wrong length.
    #[error("a tensor of dims {dims} has {expected} elements, got {got}")]
    Length {
        /// The dims asked for.
        dims: Dims,
        /// How many elements they have.
        expected: usize,
        /// How many were given.
        got: usize,
    },
    /// A cast to a shape that the tensor does not have.
    #[error("expected a tensor of dims {expected}, got {got}")]
    Dims {
        /// The dims asked for.
        expected: Dims,
        /// The dims of the tensor.
        got: Dims,
    },
    /// Dims whose product does not fit a `usize`.
    #[error("a tensor of dims {dims} has too many elements")]
    TooLarge {
        /// The dims given.
        dims: Dims,
    },
}
