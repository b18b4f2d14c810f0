//! What the rules of primitives of one argument and one result share.

use crate::program::ProgramError;
use crate::program::builder::Builder;
use crate::program::primitive::{Batched, Change};
use crate::program::syntax::Prim;
use crate::tensor::Type;

/// The only argument.
pub(super) fn single(x: &[Type]) -> Option<&Type> {
    match x {
        [x] => Some(x),
        _ => None,
    }
}

/// The only argument, if it is made of scalars.
pub(super) fn single_scalars(x: &[Type]) -> Option<&Type> {
    single(x).filter(|x| x.is_scalar())
}

/// The cotangent of the only argument, where it is a primitive of that of the result.
pub(super) fn pulled(
    b: &mut Builder,
    dy: &[Change],
    prim: impl Into<Prim>,
) -> Result<Vec<Change>, ProgramError> {
    match dy[0] {
        Some(dy) => Ok(vec![Some(b.push(prim, &[dy])?)]),
        None => Ok(vec![None]),
    }
}

/// The result for a batch, where it is a primitive of the only argument, which has the new axis.
pub(super) fn batched(
    b: &mut Builder,
    x: &[Batched],
    prim: impl Into<Prim>,
) -> Result<Vec<Batched>, ProgramError> {
    Ok(vec![Batched::yes(b.push(prim, &[x[0].id])?)])
}
