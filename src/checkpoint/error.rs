//! What goes wrong with files of tensors.

use crate::data::DataError;
use crate::optim::{Difference, listed};
use std::io;
use std::path::PathBuf;

/// What goes wrong when a checkpoint is written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckpointError {
    /// It cannot be written.
    #[error("{}: {source}", path.display())]
    Write {
        /// The file, or the folder of it.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The format cannot hold it.
    #[error("{}: {message}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        message: String,
    },
    /// It cannot be read, or is no file of tensors.
    #[error(transparent)]
    Read(#[from] DataError),
    /// What it has is not what the model has.
    #[error("{} is of another model: {}", path.display(), listed(.differences))]
    Differs {
        /// The file.
        path: PathBuf,
        /// All that differs.
        differences: Vec<Difference>,
    },
}
