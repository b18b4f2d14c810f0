//! Batches: a program over inputs with a new leading axis.

use super::activity::demand;
use crate::program::ProgramError;
use crate::program::builder::{Builder, Transform};
use crate::program::input::Input;
use crate::program::primitive::Batched;
use crate::program::syntax::Program;

/// A program over a batch: see [`batch`](crate::program::batch()).
#[derive(Clone, Debug)]
pub struct Batch {
    /// The program.
    pub program: Program,
    /// Which outputs have the new leading axis; the others are the same for all samples.
    pub batched: Vec<bool>,
}

/// [`batch`](crate::program::batch()), with these transformations for calls and loops.
pub(super) fn over_batch(
    program: &Program,
    batched: &[bool],
    size: usize,
    transform: &'static dyn Transform,
) -> Result<Batch, ProgramError> {
    demand(batched, program.inputs().len(), "inputs")?;
    let mut b = Builder::new(transform);
    let mut here = Vec::with_capacity(program.size());
    for (input, &batched) in program.inputs().iter().zip(batched) {
        let ty = match batched {
            true => input.ty.with_leading(size),
            false => input.ty.clone(),
        };
        let id = b.input(Input {
            name: input.name.clone(),
            ty,
        });
        here.push(Batched { id, batched });
    }
    let inputs: Vec<_> = here.iter().map(|x| x.id).collect();
    for instruction in program.instructions() {
        let x: Vec<_> = instruction.arguments.iter().map(|&id| here[id]).collect();
        if x.iter().any(|x| x.batched) {
            b.set_label(instruction.label.clone());
            here.extend(instruction.prim.batch(&mut b, &x, size)?);
            b.set_label(None);
        } else {
            let x: Vec<_> = x.iter().map(|x| x.id).collect();
            let y = b.push_labelled(instruction.prim.clone(), &x, instruction.label.clone())?;
            here.extend(y.into_iter().map(|id| Batched { id, batched: false }));
        }
    }
    let outputs: Vec<_> = program.outputs().iter().map(|&id| here[id]).collect();
    let ids: Vec<_> = outputs.iter().map(|x| x.id).collect();
    Ok(Batch {
        program: b.finish(&inputs, &ids)?,
        batched: outputs.iter().map(|x| x.batched).collect(),
    })
}
