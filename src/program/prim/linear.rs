//! Rules that many primitives share: those of the linear ones, and of those without a derivative.

use crate::program::ProgramError;
use crate::program::builder::{Builder, Change};
use crate::program::primitive::Primitive;

/// The tangents of a primitive that is linear in all its scalar arguments together: itself, at their tangents.
pub(crate) fn linear<P: Primitive>(
    b: &mut Builder,
    prim: &P,
    x: &[usize],
    dx: &[Change],
) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
    let y = b.push_all(prim.clone(), x)?;
    if dx.iter().all(Option::is_none) {
        let none = vec![None; y.len()];
        return Ok((y, none));
    }
    let mut arguments = Vec::with_capacity(x.len());
    for (&x, &change) in x.iter().zip(dx) {
        arguments.push(match b.ty(x)?.is_scalar() {
            true => b.change_or_zeros(change, x)?,
            false => x,
        });
    }
    let dy = b.push_all(prim.clone(), &arguments)?;
    Ok((y, dy.into_iter().map(Some).collect()))
}

/// The results of a primitive whose derivative is zero, or that makes no scalars.
pub(crate) fn constant<P: Primitive>(
    b: &mut Builder,
    prim: &P,
    x: &[usize],
) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
    let y = b.push_all(prim.clone(), x)?;
    let none = vec![None; y.len()];
    Ok((y, none))
}
