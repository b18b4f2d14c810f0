//! The transformations. Each is written for any set of them, since calls and loops have programs inside; here they are one set.

use super::activity::active;
use super::batch::{Batch, over_batch};
use super::jvp::{Jvp, tangents};
use super::vjp::{Vjp, halves};
use crate::program::ProgramError;
use crate::program::builder::Transform;
use crate::program::syntax::Program;

/// The transformations.
pub(crate) struct Transformations;

/// The transformations, as builders hold them.
pub(crate) static TRANSFORM: Transformations = Transformations;

impl Transform for Transformations {
    fn jvp(&self, program: &Program, flags: &[bool]) -> Result<(Program, Vec<bool>), ProgramError> {
        let jvp = jvp(program, flags)?;
        Ok((jvp.program, jvp.tangents))
    }
    fn vjp(
        &self,
        program: &Program,
        wanted: &[bool],
        given: &[bool],
    ) -> Result<(Program, Program), ProgramError> {
        let vjp = vjp(program, wanted, given)?;
        Ok((vjp.forward, vjp.backward))
    }
    fn batch(
        &self,
        program: &Program,
        batched: &[bool],
        size: usize,
    ) -> Result<(Program, Vec<bool>), ProgramError> {
        let batch = batch(program, batched, size)?;
        Ok((batch.program, batch.batched))
    }
    fn active(&self, program: &Program, flags: &[bool]) -> Vec<bool> {
        let active = active(program, flags);
        program.outputs().iter().map(|&id| active[id]).collect()
    }
}

/// The values of a program and their tangents, where some inputs have one. Inputs that are not made of scalars have none.
///
/// ```
/// use cotangent::program::{Program, jvp};
/// let square = "cotangent program 1\n%0 x: []\n%1 [] = mul %0 %0\nreturn %1\n";
/// let tangent = "\
/// cotangent program 1
/// %0 x: []
/// %1 dx: []
/// %2 [] = mul %0 %0
/// %3 [] = mul %0 %1
/// %4 [] = mul %0 %1
/// %5 [] = add %3 %4
/// return %2 %5
/// ";
/// let square: Program = square.parse().unwrap();
/// assert_eq!(jvp(&square, &[true])?.program.to_string(), tangent);
/// # Ok::<(), cotangent::program::ProgramError>(())
/// ```
///
/// # Errors
/// A number of flags that is not that of the inputs.
pub fn jvp(program: &Program, active: &[bool]) -> Result<Jvp, ProgramError> {
    tangents(program, active, &TRANSFORM)
}

/// The two halves of a program: cotangents of the wanted inputs, from those of the given outputs. A wanted input and a
/// given output is made of scalars; flags of others do not count.
///
/// Here the backward half takes one residual, which is the value itself, and computes no `exp`:
///
/// ```
/// use cotangent::program::{Program, Vjp, vjp};
/// let exp: Program = "cotangent program 1\n%0: [2]\n%1 [2] = exp %0\nreturn %1\n".parse().unwrap();
/// let pair = vjp(&exp, &[true], &[true])?;
/// assert_eq!(pair.residuals(exp.outputs().len()), 1);
/// let Vjp { forward, backward } = pair;
/// assert_eq!(forward.to_string(), "cotangent program 1\n%0: [2]\n%1 [2] = exp %0\nreturn %1 %1\n");
/// assert_eq!(backward.to_string(), "cotangent program 1\n%0: [2]\n%1: [2]\n%2 [2] = mul %0 %1\nreturn %2\n");
/// # Ok::<(), cotangent::program::ProgramError>(())
/// ```
///
/// # Errors
/// A number of flags that is not that of the inputs, or of the outputs.
pub fn vjp(program: &Program, wanted: &[bool], given: &[bool]) -> Result<Vjp, ProgramError> {
    halves(program, wanted, given, &TRANSFORM)
}

/// The program over `size` samples at once: some inputs have a new leading axis, the others are the same for all
/// samples. A key without the axis draws the same for each sample, one with it does not.
///
/// ```
/// use cotangent::program::{Program, batch};
/// let text = "cotangent program 1\n%0: [2, 3]\n%1: [3]\n%2 [2] = contract([0, 1], [1], [0]) %0 %1\nreturn %2\n";
/// let product: Program = text.parse().unwrap();
/// let products = batch(&product, &[false, true], 100)?;
/// assert_eq!(products.program.instructions().len(), 1);
/// assert_eq!(*products.program.output_types()[0].dims(), [100, 2]);
/// # Ok::<(), cotangent::program::ProgramError>(())
/// ```
///
/// # Errors
/// A number of flags that is not that of the inputs.
pub fn batch(program: &Program, batched: &[bool], size: usize) -> Result<Batch, ProgramError> {
    over_batch(program, batched, size, &TRANSFORM)
}
