//! Batches over floats, bit for bit.

use super::batch::{not_made, run};
use super::samples::entry;
use super::special::{Float, inputs, rounds, same_bits};
use crate::counterexample::Counterexample;
use crate::program::{Batch, Program, batch};
use crate::tensor::Type;

const LAW: &str = "batch_eq_each_bit_for_bit";

/// A program over a batch has the bits of the program run for each sample, over `f64` and `f32`: at zeros of both signs,
/// infinities, NaN, the ends of the range and ordinary numbers. A NaN equals a NaN. Returns how many elements were compared.
///
/// # Errors
/// An output and an element that differ, or a batch that cannot be made or run.
///
/// ```
/// use cotangent::prelude::*;
/// let g: GraphData<f64, _, _, _> = graph!(|x: [1, 3], w: [3, 2]| relu(matmul(x, w)));
/// assert!(cotangent::prove::batch_eq_each_bit_for_bit(&g.program()?, &[true, false], 4)? > 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn batch_eq_each_bit_for_bit(
    program: &Program,
    batched: &[bool],
    size: usize,
) -> Result<usize, Counterexample> {
    let batch = batch(program, batched, size).map_err(|error| not_made(LAW, &error))?;
    batch_eq_each_bit_for_bit_of(program, batched, size, &batch)
}

/// [`batch_eq_each_bit_for_bit`] of a batched program made elsewhere.
///
/// # Errors
/// As [`batch_eq_each_bit_for_bit`].
///
/// ```
/// use cotangent::program::{Program, batch};
/// use cotangent::prove::batch_eq_each_bit_for_bit_of;
/// let program: Program = "cotangent program 1\n%0: [2]\n%1 [2] = exp %0\nreturn %1\n".parse()?;
/// let mut all = batch(&program, &[true], 3)?;
/// assert!(batch_eq_each_bit_for_bit_of(&program, &[true], 3, &all).is_ok());
/// all.program = "cotangent program 1\n%0: [3, 2]\n%1 [3, 2] = relu %0\nreturn %1\n".parse()?;
/// assert!(batch_eq_each_bit_for_bit_of(&program, &[true], 3, &all).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn batch_eq_each_bit_for_bit_of(
    program: &Program,
    batched: &[bool],
    size: usize,
    batch: &Batch,
) -> Result<usize, Counterexample> {
    let outputs = program.outputs().len();
    let counts = (batch.batched.len(), batch.program.outputs().len());
    if counts != (outputs, outputs) || batched.len() != program.inputs().len() {
        let got = format!("{} flags and {} outputs", counts.0, counts.1);
        let expected = format!("{outputs} of each");
        return Err(Counterexample::new(LAW, "the outputs", expected, got));
    }
    let double = over::<f64>(program, batched, size, batch)?;
    Ok(double + over::<f32>(program, batched, size, batch)?)
}

fn over<A: Float>(
    program: &Program,
    batched: &[bool],
    size: usize,
    batch: &Batch,
) -> Result<usize, Counterexample> {
    let with = |(ty, &batched): (&Type, &bool)| match batched {
        true => ty.with_leading(size),
        false => ty.clone(),
    };
    let types: Vec<Type> = program
        .input_types()
        .iter()
        .zip(batched)
        .map(with)
        .collect();
    let rng = &mut fastrand::Rng::with_seed(0xb47c);
    let mut elements = 0;
    for round in 0..rounds(&batch.program) {
        let Some(inputs) = inputs::<A>(&types, round, rng) else {
            return Ok(0);
        };
        let Some((each, got)) = run(LAW, program, batched, size, &inputs, &batch.program)? else {
            continue;
        };
        for (sample, each) in each.iter().enumerate() {
            for (i, (expected, got)) in each.iter().zip(&got).enumerate() {
                let place = format!("output {i} of sample {sample}, round {round}");
                let leading = expected.ty().with_leading(size);
                elements += match batch.batched[i] {
                    true if got.fits(&leading) => {
                        same_bits(LAW, &place, expected, &entry(got, sample))?
                    }
                    true => return Err(Counterexample::new(LAW, place, leading, got.ty())),
                    false => same_bits(LAW, &place, expected, got)?,
                };
            }
        }
    }
    Ok(elements)
}
