//! A batch is what its program computes sample by sample: written out as a program, so that it is held to the laws of every
//! other pass, on indeterminates and bit for bit.

use super::rewritten::{push, write};
use cotangent::prelude::Counterexample;
use cotangent::program::{Batch, Concat, Program, Reshape, Slice, Type, batch};
use cotangent::prove::prove_equal;
use cotangent::tensor::Dims;

/// Dims with a new first axis.
fn with_leading(dims: &Dims, size: usize) -> Dims {
    core::iter::once(size).chain(dims.iter().copied()).collect()
}

/// A type with a new first axis.
fn typed(ty: &Type, size: usize) -> Type {
    let dims = with_leading(ty.dims(), size);
    match ty {
        Type::Scalar(_, precision) => Type::Scalar(dims, *precision),
        Type::Index { below, .. } => Type::Index {
            dims,
            below: *below,
        },
        Type::Key(_) => Type::Key(dims),
    }
}

/// The program once for each sample: an output with the new axis has all samples, any other is there for each sample.
fn sample_by_sample(program: &Program, batched: &[bool], size: usize, results: &[bool]) -> Program {
    let types = program.input_types().iter().zip(batched);
    let types: Vec<Type> = types
        .map(|(ty, &has)| if has { typed(ty, size) } else { ty.clone() })
        .collect();
    let mut out = Program::new(&types);
    let mut each = Vec::new();
    for start in 0..size {
        let mut arguments = Vec::new();
        for (input, &has) in batched.iter().enumerate() {
            arguments.push(match has {
                false => input,
                true => {
                    let (axis, len) = (0, 1);
                    let one = push(&mut out, Slice { axis, start, len }, &[input]);
                    let dims = program.input_types()[input].dims().clone();
                    push(&mut out, Reshape(dims), &one)[0]
                }
            });
        }
        each.push(write(&mut out, program, &arguments));
    }
    let mut outputs = Vec::new();
    for (i, (ty, &has)) in program.output_types().iter().zip(results).enumerate() {
        let of_samples = each.iter().map(|results| results[i]);
        match has {
            false => outputs.extend(of_samples),
            true => {
                let one = Reshape(with_leading(ty.dims(), 1));
                let parts: Vec<usize> = of_samples
                    .map(|id| push(&mut out, one.clone(), &[id])[0])
                    .collect();
                outputs.push(push(&mut out, Concat(0), &parts)[0]);
            }
        }
    }
    out.set_outputs(&outputs).expect("values that it has");
    out
}

/// How many equations show that a batch is what its program computes sample by sample.
pub fn is_each_sample(
    program: &Program,
    batched: &[bool],
    size: usize,
    batch: &Batch,
) -> Result<usize, Counterexample> {
    let one_by_one = sample_by_sample(program, batched, size, &batch.batched);
    // What is the same for all samples is held to each of them.
    let outputs = batch.program.outputs().iter().zip(&batch.batched);
    let outputs: Vec<usize> = outputs
        .flat_map(|(&id, &has)| vec![id; if has { 1 } else { size }])
        .collect();
    let mut all = batch.program.clone();
    all.set_outputs(&outputs).expect("values that it has");
    prove_equal(&one_by_one, &all).map(|proof| proof.identities)
}

/// Two samples, of all inputs and of each alone.
pub fn all_batches(name: &str, program: &Program) -> usize {
    let n = program.inputs().len();
    let alone = (0..n).map(|one| (0..n).map(|i| i == one).collect());
    let mut identities = 0;
    for batched in core::iter::once(vec![true; n]).chain(alone) {
        let made = batch(program, &batched, 2).unwrap_or_else(|error| panic!("{name}: {error}"));
        match is_each_sample(program, &batched, 2, &made) {
            Ok(shown) => identities += shown,
            Err(error) if super::is_undefined(&error) || !super::has_elements(program) => {}
            Err(error) => panic!("{name}, {batched:?}: {error}\n{program}\n{}", made.program),
        }
    }
    identities
}
