//! Lengths of slices.

/// Slices that should be of one length are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an operand has {got} elements, and the result {expected}")]
pub struct LengthError {
    /// The length of the result.
    pub expected: usize,
    /// That of the operand.
    pub got: usize,
}

/// Whether an operand is as long as the result.
pub(crate) fn same<T>(x: &[T], y: &[T]) -> Result<(), LengthError> {
    match x.len() == y.len() {
        true => Ok(()),
        false => Err(LengthError {
            expected: y.len(),
            got: x.len(),
        }),
    }
}

/// Whether slices are as long as what is read and written in them.
pub(crate) fn reaches(reach: [usize; 3], lens: [usize; 3]) -> Result<(), LengthError> {
    for (expected, got) in reach.into_iter().zip(lens) {
        if expected > got {
            return Err(LengthError { expected, got });
        }
    }
    Ok(())
}
