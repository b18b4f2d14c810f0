//! What a snapshot of another training differs in.

use super::wrong::listed;
use crate::data::{said, said_dims};
use crate::tensor::Dims;

/// What a snapshot of another training differs in.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("the snapshot is of another training: {}", listed(.differences))]
pub struct SnapshotError {
    /// All of it.
    pub differences: Vec<Difference>,
}

/// What an entry of a snapshot differs in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Difference {
    /// The training has it, the snapshot has not.
    #[error("`{}` is missing", said(.name))]
    Missing {
        /// The name.
        name: String,
    },
    /// The snapshot has it, the training has not.
    #[error("`{}` is surplus", said(.name))]
    Surplus {
        /// The name.
        name: String,
    },
    /// The snapshot has it more than once.
    #[error("`{}` is there more than once", said(.name))]
    Twice {
        /// The name.
        name: String,
    },
    /// Elements of another kind.
    #[error("`{}` has {got}: expected {expected}", said(.name))]
    Kind {
        /// The name.
        name: String,
        /// What it has in the training.
        expected: &'static str,
        /// What it has in the snapshot.
        got: &'static str,
    },
    /// Other dims.
    #[error("`{}` has the dims {}: expected {expected}", said(.name), said_dims(.got))]
    Dims {
        /// The name.
        name: String,
        /// Those in the training.
        expected: Dims,
        /// Those in the snapshot.
        got: Dims,
    },
    /// A number of elements that is not that of the dims.
    #[error("`{}` has {got} elements: expected {expected}, as its dims say", said(.name))]
    Length {
        /// The name.
        name: String,
        /// As many as the dims have.
        expected: usize,
        /// How many there are.
        got: usize,
    },
    /// An element that cannot be.
    #[error("`{}` has {got}: expected {expected}", said(.name))]
    Element {
        /// The name.
        name: String,
        /// What it can be.
        expected: String,
        /// What it is.
        got: String,
    },
}
