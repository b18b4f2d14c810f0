//! Instructions written anew, at other ids.

use crate::program::ProgramError;
use crate::program::builder::Builder;
use crate::program::syntax::Instruction;

/// The new ids of some values.
pub(super) fn ids(here: &[usize], old: &[usize]) -> Result<Vec<usize>, ProgramError> {
    let size = here.len();
    let new = |&id: &usize| match here.get(id) {
        Some(&new) if new != NOWHERE => Ok(new),
        _ => Err(ProgramError::NoValue { size, id }),
    };
    old.iter().map(new).collect()
}

/// The id of a value that is not written.
pub(super) const NOWHERE: usize = usize::MAX;

/// Writes an instruction at the new ids of its arguments, and puts those of its results, which begin at `first`.
pub(super) fn copy(
    b: &mut Builder,
    here: &mut [usize],
    first: usize,
    instruction: &Instruction,
) -> Result<(), ProgramError> {
    let x = ids(here, &instruction.arguments)?;
    let results = b.push_labelled(instruction.prim.clone(), &x, instruction.label.clone())?;
    here[first..first + results.len()].copy_from_slice(&results);
    Ok(())
}
