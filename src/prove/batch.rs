//! Batches: a program over a batch computes what the program computes for each sample.

use super::samples::{both, entries, entry, equal};
use crate::counterexample::Counterexample;
use crate::program::{Batch, Program, ProgramError, batch};
use crate::scalar::Sample;
use crate::tensor::Value;
use core::fmt::Display;

pub(super) const LAW: &str = "batch_eq_each";

/// A program over a batch equals the program run for each sample: where an input has the new leading axis, at its entry
/// for the sample, else at the same value for all. `batched` says which inputs have it.
///
/// It holds exactly, but for floats up to rounding: they may be added in another order. A point where the program has no
/// result for some sample, such as a division by 0, has none over the batch.
///
/// # Errors
/// An output and an element that differ, or a batch that cannot be made or run.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::Value;
/// let g: GraphData<f64, _, _, _> = graph!(|x: [2], w: [2]| sum(x * w));
/// let x: Value<f64> = AnyTensor::new(&[3, 2], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0])?.into();
/// let w: Value<f64> = AnyTensor::new(&[2], vec![7.0, 8.0])?.into();
/// cotangent::prove::batch_eq_each(&g.program()?, &[true, false], 3, &[x, w])?; // three samples, and the same weights
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn batch_eq_each<A: Sample>(
    program: &Program,
    batched: &[bool],
    size: usize,
    inputs: &[Value<A>],
) -> Result<(), Counterexample> {
    let batch = batch(program, batched, size).map_err(|error| not_made(LAW, &error))?;
    batch_eq_each_of(program, batched, size, inputs, &batch)
}

/// [`batch_eq_each`] of a batched program made elsewhere.
///
/// # Errors
/// As [`batch_eq_each`].
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::{Value, batch};
/// let g: GraphData<f64, _, _, _> = graph!(|x: [2]| sum(x));
/// let (program, x) = (g.program()?, AnyTensor::new(&[3, 2], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0])?);
/// let inputs = [Value::Scalar(x)];
/// let mut batched = batch(&program, &[true], 3)?;
/// cotangent::prove::batch_eq_each_of(&program, &[true], 3, &inputs, &batched)?;
/// batched.batched = vec![false]; // it says that the sum is the same for all samples
/// assert!(cotangent::prove::batch_eq_each_of(&program, &[true], 3, &inputs, &batched).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn batch_eq_each_of<A: Sample>(
    program: &Program,
    batched: &[bool],
    size: usize,
    inputs: &[Value<A>],
    batch: &Batch,
) -> Result<(), Counterexample> {
    compare(LAW, program, batched, size, inputs, batch).map(drop)
}

/// How many equations hold of a batched program; `None` where a value is not defined.
pub(super) fn compare<A: Sample>(
    law: &'static str,
    program: &Program,
    batched: &[bool],
    size: usize,
    inputs: &[Value<A>],
    batch: &Batch,
) -> Result<Option<usize>, Counterexample> {
    let types = program.output_types();
    let counts = (batch.batched.len(), batch.program.outputs().len());
    if counts != (types.len(), types.len()) {
        let got = format!("{} flags and {} outputs", counts.0, counts.1);
        let expected = format!("{} of each", types.len());
        return Err(Counterexample::new(law, "the outputs", expected, got));
    }
    for (i, (ty, got)) in types.iter().zip(batch.program.output_types()).enumerate() {
        let expected = match batch.batched[i] {
            true => ty.with_leading(size),
            false => ty.clone(),
        };
        if expected != got {
            let place = format!("the type of output {i}");
            return Err(Counterexample::new(law, place, expected, got));
        }
    }
    let Some((each, got)) = run(law, program, batched, size, inputs, &batch.program)? else {
        return Ok(None);
    };
    let mut count = Some(0);
    for (i, (got, ty)) in got.iter().zip(&types).enumerate() {
        let place = |sample| format!("output {i} of {sample}");
        match batch.batched[i] {
            true => count = both(count, entries(law, place, i, &each, got, ty, size)?),
            false => {
                for (sample, each) in each.iter().enumerate() {
                    let place = place(format!("sample {sample}"));
                    count = both(count, equal(law, &place, &each[i], got)?);
                }
            }
        }
    }
    Ok(count)
}

/// Results for each sample, and over the batch.
pub(super) type Ran<A> = (Vec<Vec<Value<A>>>, Vec<Value<A>>);

/// Runs a program for each sample, and another over the batch. `None` where both cannot run.
pub(super) fn run<A: Sample>(
    law: &'static str,
    program: &Program,
    batched: &[bool],
    size: usize,
    inputs: &[Value<A>],
    batch: &Program,
) -> Result<Option<Ran<A>>, Counterexample> {
    let types = program.input_types();
    if types.len() != inputs.len() || types.len() != batched.len() {
        let (expected, got) = (types.len(), inputs.len());
        return Err(not_made(law, &ProgramError::InputCount { expected, got }));
    }
    for (input, (ty, value)) in types.iter().zip(inputs).enumerate() {
        let expected = match batched[input] {
            true => ty.with_leading(size),
            false => ty.clone(),
        };
        if !value.fits(&expected) {
            let place = format!("the value of input {input}");
            return Err(Counterexample::new(law, place, expected, value.ty()));
        }
    }
    let sample = |i| {
        let pairs = inputs.iter().zip(batched);
        let inputs = pairs.map(|(value, &has)| match has {
            true => entry(value, i),
            false => value.clone(),
        });
        program.run(&inputs.collect::<Vec<_>>())
    };
    let each: Result<Vec<_>, _> = (0..size).map(sample).collect();
    match (each, batch.run(inputs)) {
        (Ok(each), Ok(got)) => Ok(Some((each, got))),
        (Err(_), Err(_)) => Ok(None),
        (Ok(_), Err(error)) => Err(Counterexample::new(law, "the batch", "a result", error)),
        (Err(error), Ok(_)) => Err(Counterexample::new(law, "the batch", error, "a result")),
    }
}

/// An error of the transformation.
pub(super) fn not_made(law: &'static str, error: &impl Display) -> Counterexample {
    Counterexample::new(law, "the batch", "a program", error)
}
