//! The derivatives of a batched program are those of the program, for each sample.

use super::batch::{compare, not_made, run};
use super::samples::{both, entries, equal};
use crate::counterexample::Counterexample;
use crate::program::{
    Batch, Broadcast, Builder, Input, Program, ProgramError, TRANSFORM, batch, jvp, vjp,
};
use crate::scalar::Sample;
use crate::tensor::{AnyTensor, Value};

pub(super) const JVP: &str = "jvp_of_batch_eq_each";
pub(super) const VJP: &str = "vjp_of_batch_eq_each";

/// The tangents of a batched program equal those of the program for each sample.
///
/// `active` says which inputs have a tangent, those that are not made of scalars do not count; it has the new axis where
/// its input has it.
///
/// # Errors
/// As [`batch_eq_each`](super::batch_eq_each).
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::Value;
/// let g: GraphData<f64, _, _, _> = graph!(|x: [2], w: [2]| sum(x * w));
/// let x: Value<f64> = AnyTensor::new(&[3, 2], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0])?.into();
/// let w: Value<f64> = AnyTensor::new(&[2], vec![7.0, 8.0])?.into();
/// let dw = AnyTensor::new(&[2], vec![1.0, -1.0])?;
/// cotangent::prove::jvp_of_batch_eq_each(&g.program()?, &[false, true], &[true, false], 3, &[x, w], &[dw])?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn jvp_of_batch_eq_each<A: Sample>(
    program: &Program,
    active: &[bool],
    batched: &[bool],
    size: usize,
    inputs: &[Value<A>],
    tangents: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    let batch = batch(program, batched, size).map_err(|error| not_made(JVP, &error))?;
    jvp_of_batch_eq_each_of(program, active, batched, size, inputs, tangents, &batch)
}

/// [`jvp_of_batch_eq_each`] of a batched program made elsewhere.
///
/// # Errors
/// As [`batch_eq_each`](super::batch_eq_each).
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::{Value, batch};
/// let (g, double) = (graph!(|x: [2]| sum(x * x)), graph!(|x: [2]| sum(x + x)));
/// let (g, double): (GraphData<f64, _, _, _>, GraphData<f64, _, _, _>) = (g, double);
/// // At 2 they have the same value, and another tangent.
/// let (x, dx) = (AnyTensor::new(&[1, 2], vec![2.0; 2])?, AnyTensor::new(&[1, 2], vec![1.0; 2])?);
/// let (x, wrong) = ([Value::Scalar(x)], batch(&double.program()?, &[true], 1)?);
/// cotangent::prove::batch_eq_each_of(&g.program()?, &[true], 1, &x, &wrong)?;
/// assert!(cotangent::prove::jvp_of_batch_eq_each_of(&g.program()?, &[true], &[true], 1, &x, &[dx], &wrong).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn jvp_of_batch_eq_each_of<A: Sample>(
    program: &Program,
    active: &[bool],
    batched: &[bool],
    size: usize,
    inputs: &[Value<A>],
    tangents: &[AnyTensor<A>],
    batch: &Batch,
) -> Result<(), Counterexample> {
    let pushed =
        Pushed::of(program, active, batched, batch).map_err(|error| not_made(JVP, &error))?;
    let tangents = tangents.iter().cloned().map(Value::Scalar);
    let values: Vec<Value<A>> = inputs.iter().cloned().chain(tangents).collect();
    pushed.compare(size, &values).map(drop)
}

/// A program and its batch, with their tangents.
pub(super) struct Pushed {
    /// `x… dx… -> y… dy…` for one sample.
    pub one: Program,
    /// The same over the batch.
    pub all: Batch,
    /// Which of `x… dx…` have the new axis.
    pub batched: Vec<bool>,
}

impl Pushed {
    pub(super) fn of(
        program: &Program,
        active: &[bool],
        batched: &[bool],
        batch: &Batch,
    ) -> Result<Self, ProgramError> {
        let one = jvp(program, active)?;
        let all = jvp(&batch.program, active)?;
        // Of each value, then of each that has a tangent.
        let with = |flags: &[bool], has: &[bool]| -> Vec<bool> {
            let of_tangents = flags.iter().zip(has).filter(|(_, has)| **has);
            let of_tangents = of_tangents.map(|(flag, _)| *flag);
            flags.iter().copied().chain(of_tangents).collect()
        };
        let pairs = program.input_types().iter().zip(active);
        let active: Vec<bool> = pairs.map(|(ty, &flag)| flag && ty.is_scalar()).collect();
        Ok(Pushed {
            one: one.program,
            all: Batch {
                program: all.program,
                batched: with(&batch.batched, &all.tangents),
            },
            batched: with(batched, &active),
        })
    }

    /// How many equations hold; `None` where a value is not defined.
    pub(super) fn compare<A: Sample>(
        &self,
        size: usize,
        values: &[Value<A>],
    ) -> Result<Option<usize>, Counterexample> {
        compare(JVP, &self.one, &self.batched, size, values, &self.all)
    }
}

/// The pullback of a batched program equals the pullback of the program for each sample: the cotangent of an input with the
/// new axis has an entry for each sample, that of an input without it is their sum.
///
/// `wanted` says for which inputs there is a cotangent; those that are not made of scalars do not count. There is a
/// cotangent for each output that is made of scalars. All have the new axis; for an output that is the same for all samples
/// that is the output, repeated.
///
/// # Errors
/// As [`batch_eq_each`](super::batch_eq_each).
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::Value;
/// let g: GraphData<f64, _, _, _> = graph!(|x: [2], w: [2]| sum(x * w));
/// let x: Value<f64> = AnyTensor::new(&[3, 2], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0])?.into();
/// let w: Value<f64> = AnyTensor::new(&[2], vec![7.0, 8.0])?.into();
/// let dy = AnyTensor::new(&[3], vec![1.0, 10.0, 100.0])?;
/// // The gradient with respect to the weights is the sum of those of the samples.
/// cotangent::prove::vjp_of_batch_eq_each(&g.program()?, &[true, true], &[true, false], 3, &[x, w], &[dy])?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn vjp_of_batch_eq_each<A: Sample>(
    program: &Program,
    wanted: &[bool],
    batched: &[bool],
    size: usize,
    inputs: &[Value<A>],
    cotangents: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    let batch = batch(program, batched, size).map_err(|error| not_made(VJP, &error))?;
    vjp_of_batch_eq_each_of(program, wanted, batched, size, inputs, cotangents, &batch)
}

/// [`vjp_of_batch_eq_each`] of a batched program made elsewhere.
///
/// # Errors
/// As [`batch_eq_each`](super::batch_eq_each).
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::{Value, batch};
/// let (g, double) = (graph!(|x: [2]| sum(x * x)), graph!(|x: [2]| sum(x + x)));
/// let (g, double): (GraphData<f64, _, _, _>, GraphData<f64, _, _, _>) = (g, double);
/// // At 2 they have the same value, and another gradient.
/// let (x, dy) = (AnyTensor::new(&[1, 2], vec![2.0; 2])?, AnyTensor::new(&[1], vec![1.0])?);
/// let (x, wrong) = ([Value::Scalar(x)], batch(&double.program()?, &[true], 1)?);
/// cotangent::prove::batch_eq_each_of(&g.program()?, &[true], 1, &x, &wrong)?;
/// assert!(cotangent::prove::vjp_of_batch_eq_each_of(&g.program()?, &[true], &[true], 1, &x, &[dy], &wrong).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn vjp_of_batch_eq_each_of<A: Sample>(
    program: &Program,
    wanted: &[bool],
    batched: &[bool],
    size: usize,
    inputs: &[Value<A>],
    cotangents: &[AnyTensor<A>],
    batch: &Batch,
) -> Result<(), Counterexample> {
    let pullbacks =
        Pullbacks::of(program, wanted, size, batch).map_err(|error| not_made(VJP, &error))?;
    pullbacks
        .compare(batched, size, inputs, cotangents)
        .map(drop)
}

/// A program and its batch, pulled back.
pub(super) struct Pullbacks {
    /// `x… dy… -> dx…` for one sample.
    pub one: Program,
    /// The same over the batch. All cotangents of outputs have the new axis.
    pub all: Program,
    /// For which of the inputs there is a `dx`.
    pub wanted: Vec<bool>,
}

impl Pullbacks {
    pub(super) fn of(
        program: &Program,
        wanted: &[bool],
        size: usize,
        batch: &Batch,
    ) -> Result<Self, ProgramError> {
        let mut whole = batch.program.clone();
        let mut outputs = whole.outputs().to_vec();
        for (output, _) in outputs
            .iter_mut()
            .zip(&batch.batched)
            .filter(|(_, has)| !**has)
        {
            let dims = whole.dims(*output)?.clone();
            let axes = (1..=dims.len()).collect();
            *output = whole.push(Broadcast(dims.with_leading(size), axes), &[*output])?;
        }
        whole.set_outputs(&outputs)?;
        let types = program.input_types().iter();
        Ok(Pullbacks {
            one: pullback(program, wanted)?,
            all: pullback(&whole, wanted)?,
            wanted: wanted
                .iter()
                .zip(types)
                .map(|(&flag, ty)| flag && ty.is_scalar())
                .collect(),
        })
    }

    /// How many equations hold; `None` where a value is not defined.
    pub(super) fn compare<A: Sample>(
        &self,
        batched: &[bool],
        size: usize,
        inputs: &[Value<A>],
        cotangents: &[AnyTensor<A>],
    ) -> Result<Option<usize>, Counterexample> {
        let mut flags = batched.to_vec();
        flags.resize(inputs.len() + cotangents.len(), true);
        let cotangents = cotangents.iter().cloned().map(Value::Scalar);
        let values: Vec<Value<A>> = inputs.iter().cloned().chain(cotangents).collect();
        let Some((each, got)) = run(VJP, &self.one, &flags, size, &values, &self.all)? else {
            return Ok(None);
        };
        let has_axis: Vec<bool> = (0..batched.len())
            .filter(|&input| self.wanted[input])
            .map(|input| batched[input])
            .collect();
        let mut count = Some(0);
        for (i, (got, ty)) in got.iter().zip(self.one.output_types()).enumerate() {
            let place = |sample| format!("the cotangent of wanted input {i} of {sample}");
            let shown = match has_axis[i] {
                true => entries(VJP, place, i, &each, got, &ty, size)?,
                false => {
                    let mut sum = AnyTensor::zeros(ty.dims().clone());
                    for sample in &each {
                        if let Some(dx) = sample[i].tensor() {
                            sum = sum.add(dx).map_err(|error| not_made(VJP, &error))?;
                        }
                    }
                    equal(
                        VJP,
                        &place("all samples".to_owned()),
                        &Value::Scalar(sum),
                        got,
                    )?
                }
            };
            count = both(count, shown);
        }
        Ok(count)
    }
}

/// The program `x… dy… -> dx…`.
pub(super) fn pullback(program: &Program, wanted: &[bool]) -> Result<Program, ProgramError> {
    let types = program.output_types();
    let vjp = vjp(program, wanted, &vec![true; types.len()])?;
    let mut b = Builder::new(&TRANSFORM);
    let inputs = program.inputs().iter();
    let x: Vec<usize> = inputs.map(|x| b.input(x.clone())).collect();
    let values = b.inline(&vjp.forward, &x)?;
    let scalars = types.iter().filter(|ty| ty.is_scalar());
    let dy: Vec<usize> = scalars.map(|ty| b.input(Input::new(ty.clone()))).collect();
    let dx = b.inline(&vjp.backward, &[&values[types.len()..], &dy].concat())?;
    b.finish(&[x, dy].concat(), &dx)
}
