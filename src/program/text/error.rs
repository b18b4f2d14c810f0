//! What is wrong with a text.

use crate::program::ProgramError;

/// What is wrong with a text that should be a program.
///
/// ```
/// use cotangent::program::{Program, TextError};
/// let text = "cotangent program 1\n%0: [2]\n%1 [2] = spin %0\nreturn %1\n";
/// let error = text.parse::<Program>().unwrap_err();
/// assert_eq!(error.to_string(), "line 3: expected a primitive, got `spin`");
/// assert!(matches!(error, TextError::Syntax { line: 3, .. }));
/// let text = "cotangent program 1\n%0: [2]\n%1 [2] = exp %7\nreturn %1\n";
/// let error = text.parse::<Program>().unwrap_err();
/// assert!(matches!(error, TextError::Program { line: 3, .. }));
/// ```
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
