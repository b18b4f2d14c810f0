//! What is wrong with a text.

use crate::program::ProgramError;

/// What is wrong with a text that should be a program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Something else should stand there.
    #[error("line {line}: expected {expected}, got {got}")]
    Syntax {
        /// The line, from 1 on.
        line: usize,
        /// What should stand there.
        expected: String,
        /// What stands there.
        got: String,
    },
    /// A line that reads well and does not fit to those before it.
    #[error("line {line}: {error}")]
    Program {
        /// The line, from 1 on.
        line: usize,
        /// What is wrong.
        error: ProgramError,
    },
}
