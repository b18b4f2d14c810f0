//! Which values depend on which.

use crate::program::ProgramError;
use crate::program::syntax::Program;

/// One flag for each of some things.
pub(super) fn demand(
    flags: &[bool],
    expected: usize,
    what: &'static str,
) -> Result<(), ProgramError> {
    match flags.len() == expected {
        true => Ok(()),
        false => Err(ProgramError::Flags {
            what,
            expected,
            got: flags.len(),
        }),
    }
}

/// For each value: whether it is made of scalars and depends on a marked input by values made of scalars.
pub(super) fn active(program: &Program, inputs: &[bool]) -> Vec<bool> {
    let mut active: Vec<bool> = inputs
        .iter()
        .zip(program.input_types())
        .map(|(&flag, ty)| flag && ty.is_scalar())
        .collect();
    for instruction in program.instructions() {
        let any = instruction.arguments.iter().any(|&id| active[id]);
        active.extend(instruction.results.iter().map(|ty| any && ty.is_scalar()));
    }
    active
}

/// For each value: whether a marked output depends on it by active values.
pub(super) fn reached(program: &Program, active: &[bool], outputs: &[bool]) -> Vec<bool> {
    let mut reached = vec![false; program.size()];
    for (&id, &flag) in program.outputs().iter().zip(outputs) {
        reached[id] |= flag && active[id];
    }
    for (first, instruction) in program.numbered().rev() {
        let results = first..first + instruction.results.len();
        if reached[results].iter().any(|&flag| flag) {
            for &id in &instruction.arguments {
                reached[id] |= active[id];
            }
        }
    }
    reached
}
