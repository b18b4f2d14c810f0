//! Forward mode: tangents.

use super::activity::demand;
use crate::program::ProgramError;
use crate::program::builder::{Builder, Transform};
use crate::program::primitive::Change;
use crate::program::syntax::Program;

/// A program with its tangents: see [`jvp`](crate::program::jvp()).
#[derive(Clone, Debug)]
pub struct Jvp {
    /// `x… dx… -> y… dy…`: a `dx` for each active input, a `dy` for each output that depends on one.
    pub program: Program,
    /// Which outputs have a tangent; of the others it is zero.
    pub tangents: Vec<bool>,
}

/// [`jvp`](crate::program::jvp()), with these transformations for calls and loops.
pub(super) fn tangents(
    program: &Program,
    active: &[bool],
    transform: &'static dyn Transform,
) -> Result<Jvp, ProgramError> {
    demand(active, program.inputs().len(), "inputs")?;
    let mut b = Builder::new(transform);
    let mut here: Vec<usize> = program
        .inputs()
        .iter()
        .map(|x| b.input(x.clone()))
        .collect();
    let mut inputs = here.clone();
    let mut changes: Vec<Change> = Vec::with_capacity(program.size());
    for (input, &active) in program.inputs().iter().zip(active) {
        let change = (active && input.ty.is_scalar()).then(|| {
            let mut input = input.clone();
            if !input.name.is_empty() {
                input.name = format!("d{}", input.name).into();
            }
            b.input(input)
        });
        inputs.extend(change);
        changes.push(change);
    }
    for instruction in program.instructions() {
        let x: Vec<_> = instruction.arguments.iter().map(|&id| here[id]).collect();
        let dx: Vec<_> = instruction
            .arguments
            .iter()
            .map(|&id| changes[id])
            .collect();
        let label = instruction.label.clone();
        if dx.iter().all(Option::is_none) {
            let y = b.push_labelled(instruction.prim.clone(), &x, label)?;
            changes.extend(vec![None; y.len()]);
            here.extend(y);
        } else {
            b.set_label(label);
            let (y, dy) = instruction.prim.jvp(&mut b, &x, &dx)?;
            b.set_label(None);
            here.extend(y);
            changes.extend(dy);
        }
    }
    let mut outputs: Vec<usize> = program.outputs().iter().map(|&id| here[id]).collect();
    let tangents: Vec<Change> = program.outputs().iter().map(|&id| changes[id]).collect();
    outputs.extend(tangents.iter().flatten());
    Ok(Jvp {
        program: b.finish(&inputs, &outputs)?,
        tangents: tangents.iter().map(Option::is_some).collect(),
    })
}
