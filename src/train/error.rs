//! What stops a training.

use crate::checkpoint::CheckpointError;
use crate::data::DataError;
use crate::explain::NotFinite;
use crate::optim::SnapshotError;
use std::io;
use std::path::{Path, PathBuf};

/// An error of what a user gives to a training.
pub type Failure = Box<dyn core::error::Error + Send + Sync>;

/// What stops a training.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// A file that cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// No thread for the next batches.
    #[error("no thread for the next batches: {0}")]
    Thread(#[source] io::Error),
    /// A set that has no batch of this size.
    #[error(transparent)]
    Data(#[from] DataError),
    /// A checkpoint that cannot be written or read.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// A checkpoint of another training.
    #[error("{}: {source}", path.display())]
    Other {
        /// The checkpoint.
        path: PathBuf,
        /// All that differs.
        source: SnapshotError,
    },
    /// A checkpoint of the same model over other data.
    #[error("{}: {what} was {got}: expected {expected}", path.display())]
    OtherData {
        /// The checkpoint.
        path: PathBuf,
        /// What differs.
        what: &'static str,
        /// What it is here.
        expected: String,
        /// What it is in the checkpoint.
        got: String,
    },
    /// A node made a NaN or an infinity from finite values.
    #[error("epoch {epoch}, batch {batch}: {node}")]
    NotFinite {
        /// The epoch, counted from 0.
        epoch: usize,
        /// The batch of it, counted from 0.
        batch: usize,
        /// The node, and where it is written.
        node: Box<NotFinite>,
    },
    /// A loss that is NaN or infinite, though no node made it so: what it was given was.
    #[error(
        "epoch {epoch}, batch {batch}: the loss is {loss}, and so was something that it was given"
    )]
    Loss {
        /// The epoch, counted from 0.
        epoch: usize,
        /// The batch of it, counted from 0.
        batch: usize,
        /// The loss.
        loss: f64,
    },
    /// A measure that is watched and was not taken.
    #[error("`{name}` is watched, and the measures are {there}")]
    NotMeasured {
        /// What is watched.
        name: String,
        /// What there is.
        there: String,
    },
    /// What was given for the validation failed.
    #[error("validation after epoch {epoch}: {source}")]
    Validation {
        /// The epoch, counted from 0.
        epoch: usize,
        /// Its error.
        source: Failure,
    },
}

impl TrainError {
    pub(super) fn file(path: &Path, source: io::Error) -> Self {
        TrainError::File {
            path: path.to_owned(),
            source,
        }
    }
}
