//! What was derived of the function inside of a call or a loop, and changes by flags.

use crate::program::ProgramError;
use crate::program::builder::Builder;
use crate::program::primitive::Change;
use crate::program::syntax::{Derived, Function, Request};
use std::sync::Arc;

/// The tangents of a function, derived once.
pub(super) fn jvp_of(
    b: &Builder,
    function: &Function,
    active: &[bool],
) -> Result<Arc<Derived>, ProgramError> {
    let transform = b.transform();
    function.derived(&Request::Jvp(active.into()), || {
        let (program, flags) = transform.jvp(function.body(), active)?;
        Ok(Derived {
            programs: vec![program],
            flags,
        })
    })
}

/// The two halves of the pullback of a function, derived once.
pub(super) fn vjp_of(
    b: &Builder,
    function: &Function,
    wanted: &[bool],
    given: &[bool],
) -> Result<Arc<Derived>, ProgramError> {
    let transform = b.transform();
    function.derived(&Request::Vjp(wanted.into(), given.into()), || {
        let (forward, backward) = transform.vjp(function.body(), wanted, given)?;
        Ok(Derived {
            programs: vec![forward, backward],
            flags: Vec::new(),
        })
    })
}

/// A function over a batch, derived once.
pub(super) fn batch_of(
    b: &Builder,
    function: &Function,
    batched: &[bool],
    size: usize,
) -> Result<Arc<Derived>, ProgramError> {
    let transform = b.transform();
    function.derived(&Request::Batch(batched.into(), size), || {
        let (program, flags) = transform.batch(function.body(), batched, size)?;
        Ok(Derived {
            programs: vec![program],
            flags,
        })
    })
}

/// The changes of the values that are made of scalars, zeros where there is none.
pub(super) fn all_changes(
    b: &mut Builder,
    values: &[usize],
    changes: &[Change],
) -> Result<Vec<usize>, ProgramError> {
    let mut all = Vec::new();
    for (&value, &change) in values.iter().zip(changes) {
        if b.ty(value)?.is_scalar() {
            all.push(b.change_or_zeros(change, value)?);
        }
    }
    Ok(all)
}

/// The changes of some values, zeros where there is none.
pub(super) fn changes_at(
    b: &mut Builder,
    values: &[usize],
    changes: &[Change],
    at: &[bool],
) -> Result<Vec<usize>, ProgramError> {
    let mut all = Vec::new();
    for ((&value, &change), _) in values.iter().zip(changes).zip(at).filter(|(_, at)| **at) {
        all.push(b.change_or_zeros(change, value)?);
    }
    Ok(all)
}

/// As many flags as there are entries: a change for each that is marked, in order.
pub(super) fn spread(flags: &[bool], ids: impl IntoIterator<Item = usize>) -> Vec<Change> {
    let mut ids = ids.into_iter();
    flags
        .iter()
        .map(|&flag| if flag { ids.next() } else { None })
        .collect()
}
