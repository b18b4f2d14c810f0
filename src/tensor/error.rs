//! What can go wrong when a tensor is made from data.

use super::Dims;

/// What can go wrong when a tensor is made from data.
///
/// ```
/// use cotangent::prelude::*;
/// let error = |dims: &[usize], count| AnyTensor::new(dims, vec![0.0; count]).unwrap_err();
/// assert!(matches!(error(&[2, 2], 3), TensorError::Length { expected: 4, got: 3, .. }));
/// assert!(matches!(error(&[1 << 30, 1 << 30], 0), TensorError::TooLarge { .. }));
/// let cast = AnyTensor::scalar(1.0).cast::<shape![2]>();
/// assert!(matches!(cast, Err(TensorError::Dims { .. })));
/// assert_eq!(error(&[2, 2], 3).to_string(), "a tensor of dims [2, 2] has 4 elements, got 3");
/// ```
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
