//! A program of one entry, over many of them.

use super::node::built;
use crate::program::{Builder, Input, Program, ProgramError, TRANSFORM, batch, folded, primitives};
use crate::tensor::{Dims, Type};

/// A program over `size` entries: inputs that have the new axis, the first, are stacked along it, and so are all results. Keys
/// are folded with the number of the entry, so that each draws for itself.
pub(super) fn over_entries(program: &Program, has_axis: &[bool], size: usize) -> Program {
    let inputs = program.inputs();
    let mut has_axis = has_axis.to_vec();
    let mut b = Builder::new(&TRANSFORM);
    let taken = inputs.iter().zip(&has_axis).map(|(x, &has_axis)| {
        let ty = match has_axis {
            true => x.ty.with_leading(size),
            false => x.ty.clone(),
        };
        let name = x.name.clone();
        b.input(Input { name, ty })
    });
    let taken: Vec<usize> = taken.collect();
    let mut arguments = taken.clone();
    let is_key = |x: &Input| matches!(x.ty, Type::Key(_));
    let batch = match inputs.iter().any(is_key) {
        false => built(batch(program, &has_axis, size)),
        true => {
            has_axis.push(true);
            arguments.push(built(b.push(primitives::Iota(Dims::new(&[size]), 0), &[])));
            let numbered = built(numbered(program, size));
            built(batch(&numbered, &has_axis, size))
        }
    };
    let mut results = built(b.inline(&batch.program, &arguments));
    for (result, has_axis) in results.iter_mut().zip(batch.batched) {
        if !has_axis {
            // The same for all entries: it depends on nothing that has the axis.
            let dims = built(b.ty(*result)).with_leading(size).dims().clone();
            let axes = (1..dims.len()).collect();
            *result = built(b.push(primitives::Broadcast(dims, axes), &[*result]));
        }
    }
    built(b.finish(&taken, &results))
}

/// A program whose last input is a number below `size`, with which its keys are folded.
fn numbered(program: &Program, size: usize) -> Result<Program, ProgramError> {
    let mut b = Builder::new(&TRANSFORM);
    let inputs = program.inputs().iter();
    let mut inputs: Vec<usize> = inputs.map(|x| b.input(x.clone())).collect();
    let mut arguments = inputs.clone();
    let number = b.input(Input::new(Type::Index {
        dims: Dims::default(),
        below: size,
    }));
    for (argument, input) in arguments.iter_mut().zip(program.inputs()) {
        if let Type::Key(dims) = &input.ty {
            *argument = folded(&mut b, *argument, dims, number)?;
        }
    }
    let outputs = b.inline(program, &arguments)?;
    inputs.push(number);
    b.finish(&inputs, &outputs)
}
