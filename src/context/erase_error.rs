//! What can be wrong with a list that has no shapes.

use crate::tensor::TensorError;

/// What can go wrong when an erased list gets its shapes back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EraseError {
    /// An entry of other dims.
    #[error(transparent)]
    Tensor(#[from] TensorError),
    /// A tensor that was made by its name.
    #[error("the tensor `{name}`: {source}")]
    Named {
        /// Its name.
        name: String,
        /// What is wrong with it.
        source: Box<TensorError>,
    },
    /// The list ended early.
    #[error("the list has fewer tensors than the context has entries")]
    TooShort,
    /// The list goes on.
    #[error("the list has more tensors than the context has entries")]
    TooLong,
}
