//! What can be wrong with a plan, or with what it is run on.

use super::not_finite::NotFinite;
use crate::program::ProgramError;
use crate::tensor::Type;

/// Why a program cannot be planned or a plan cannot be run.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum PlanError {
    /// The program could not be made.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// Inputs or outputs of another number.
    #[error("the plan has {expected} {what}, got {got}")]
    Count {
        /// Inputs or outputs, and of which kind.
        what: &'static str,
        /// How many it has.
        expected: usize,
        /// How many were given.
        got: usize,
    },
    /// An input or output with another number of elements.
    #[error("{what}, number {place}: expected {expected} elements, got {got}")]
    Length {
        /// Input or output, and of which kind.
        what: &'static str,
        /// Which one, among those of its kind.
        place: usize,
        /// How many it has.
        expected: usize,
        /// How many were given.
        got: usize,
    },
    /// An index that is not below the bound of its input.
    #[error("input {place} of indices has {index}: expected indices below {below}")]
    Index {
        /// Which input, among those of indices.
        place: usize,
        /// The index.
        index: usize,
        /// The bound.
        below: usize,
    },
    /// An input of another type.
    #[error("input {input} of the plan is {expected}, got {got}")]
    Input {
        /// Which input.
        input: usize,
        /// Its type.
        expected: Box<Type>,
        /// The type given.
        got: Box<Type>,
    },
    /// A checked run made what is not finite.
    #[error(transparent)]
    NotFinite(Box<NotFinite>),
    /// Values that do not fit into memory.
    #[error("the plan needs {bytes} bytes, more than there are")]
    Memory {
        /// How many bytes.
        bytes: u64,
    },
}
