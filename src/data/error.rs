//! What can be wrong with data.

use super::file_error::{FileError, Place, Wrong, below};
use crate::tensor::{Dims, TensorError};

/// What can be wrong with data: with a setting, with what a set is made of, or [in a file](FileError).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// A set of nothing.
    #[error("a set has at least one example, got none")]
    Empty,
    /// Columns of different lengths.
    #[error("column {column} has {got} rows, and column 0 has {expected}")]
    Rows {
        /// Which column, counted from 0.
        column: usize,
        /// The rows of the first column.
        expected: usize,
        /// The rows of this one.
        got: usize,
    },
    /// Numbers that do not make whole rows.
    #[error(
        "a row of dims {dims} has {each} numbers, and {got} numbers are no whole number of rows"
    )]
    Remainder {
        /// The dims of a row.
        dims: Dims,
        /// How many numbers it has.
        each: usize,
        /// How many there are.
        got: usize,
    },
    /// A label that is no class.
    #[error("label {position} is {got}, and there are {classes} classes: expected {}", below(*.classes))]
    Label {
        /// Which label, counted from 0.
        position: usize,
        /// The label.
        got: String,
        /// The number of classes.
        classes: usize,
    },
    /// Batches of a size of 0.
    #[error("a batch has at least one example, got a size of 0")]
    BatchOfNone,
    /// An epoch without a single batch.
    #[error(
        "a batch has {batch} examples, and the set has {examples}: an epoch would have no batch"
    )]
    BatchTooLarge {
        /// The size of a batch.
        batch: usize,
        /// The size of the set.
        examples: usize,
    },
    /// A set that is not as large as the batch that should be all of it.
    #[error("a batch of all examples has {expected} of them here, and the set has {got}")]
    NotAll {
        /// The size of the batch.
        expected: usize,
        /// The size of the set.
        got: usize,
    },
    /// A place in an epoch that it does not have.
    #[error("an epoch of {batches} batches cannot begin at batch {got}: expected 0 to {batches}")]
    Position {
        /// The batches of an epoch.
        batches: usize,
        /// The place.
        got: usize,
    },
    /// A split that leaves nothing on one side.
    #[error("a split at {at} of {examples} {what} leaves none on one side")]
    Split {
        /// Where.
        at: usize,
        /// How many there are.
        examples: usize,
        /// Of what.
        what: &'static str,
    },
    /// Groups of more or fewer examples than there are.
    #[error("each of {examples} examples has a group, got {got}")]
    Groups {
        /// The size of the set.
        examples: usize,
        /// How many groups were given.
        got: usize,
    },
    /// What is no part of a set.
    #[error("a part of a set is more than 0 and less than 1 of it, got {got}")]
    Fraction {
        /// The part.
        got: f64,
    },
    /// A text that is shorter than a window.
    #[error("a window of {length} tokens and the token after it are {} tokens, got {got}", .length + 1)]
    Window {
        /// The tokens of a window.
        length: usize,
        /// How many tokens there are.
        got: usize,
    },
    /// A window of more examples than there are.
    #[error("a window has {window} examples, and the set has {examples}")]
    WindowTooLarge {
        /// The examples of a window.
        window: usize,
        /// The size of the set.
        examples: usize,
    },
    /// Windows that would all be the same.
    #[error("windows are at least one token apart, got 0")]
    Stride,
    /// Dims and elements that do not agree.
    #[error(transparent)]
    Tensor(#[from] TensorError),
    /// What is wrong in a file.
    #[error(transparent)]
    File(#[from] Box<FileError>),
}

impl Wrong {
    /// It, at a place of a file.
    pub(super) fn at(self, file: &str, place: Place) -> DataError {
        let file = file.to_owned();
        let wrong = self;
        DataError::File(Box::new(FileError { file, place, wrong }))
    }

    /// It, of a file as a whole.
    pub(super) fn of(self, file: &str) -> DataError {
        self.at(file, Place::Whole)
    }
}
