//! Random programs: a plan gives what the interpreter gives.

use super::random_program::{random_plain, random_program};
use crate::program::{Program, Value, hoist, inline, simplify};
use crate::run::plan::lower::Form;
use crate::run::plan::{Arena, Float, Plan, Threads};
use crate::tensor::{AnyTensor, Indices, Key, Type};
use fastrand::Rng;

/// A value of a type: small numbers, some of them 0 or equal.
pub(super) fn value<T: Float>(rng: &mut Rng, ty: &Type) -> Value<T> {
    let count = ty.dims().count();
    match ty {
        Type::Scalar(dims, _) => {
            let number = |_| T::of(crate::scalar::Literal::ratio(rng.i64(-8..9), 4));
            AnyTensor::from_parts(dims.clone(), (0..count).map(number).collect()).into()
        }
        Type::Index { dims, below } => {
            let index = (0..count).map(|_| rng.usize(..*below)).collect();
            Value::Index(Indices::new(dims, *below, index).expect("indices below the bound"))
        }
        Type::Key(dims) => {
            let key = |_| Key::new(rng.u64(..));
            Value::Key(AnyTensor::from_parts(
                dims.clone(),
                (0..count).map(key).collect(),
            ))
        }
    }
}

/// Whether two numbers are equal up to rounding; all NaN are equal.
fn close(x: f64, y: f64, within: f64) -> bool {
    x == y || (x.is_nan() && y.is_nan()) || (x - y).abs() <= within * (1.0 + x.abs().max(y.abs()))
}

pub(super) trait Number: Float {
    const WITHIN: f64;
    fn double(self) -> f64;
}
impl Number for f32 {
    const WITHIN: f64 = 1e-4;
    fn double(self) -> f64 {
        self.into()
    }
}
impl Number for f64 {
    const WITHIN: f64 = 1e-9;
    fn double(self) -> f64 {
        self
    }
}

/// Whether two values are equal, scalars up to rounding.
pub(super) fn same<T: Number>(x: &Value<T>, y: &Value<T>) -> bool {
    match (x, y) {
        (Value::Scalar(x), Value::Scalar(y)) => {
            let mut pairs = x.as_slice().iter().zip(y.as_slice());
            x.dims() == y.dims() && pairs.all(|(x, y)| close(x.double(), y.double(), T::WITHIN))
        }
        (x, y) => x == y,
    }
}

/// The bits of all scalars.
pub(super) fn bits<T: Number>(values: &[Value<T>]) -> Vec<u64> {
    let scalars = values.iter().filter_map(|value| match value {
        Value::Scalar(x) => Some(x.as_slice()),
        Value::Index(_) | Value::Key(_) => None,
    });
    scalars.flatten().map(|x| x.double().to_bits()).collect()
}

/// Runs a program both ways, the plan with and without groups of small nodes, on one to four threads in an arena that others have
/// used: its numbers are the same, bit for bit.
pub(super) fn compare<T: Number>(
    program: &Program,
    inputs: &[Value<T>],
    arena: &mut Arena<T>,
) -> Result<(), String> {
    let expected = program.run(inputs).map_err(|error| error.to_string())?;
    for small in [0, 1, 64, 4096] {
        let mut first = None;
        let plan = Plan::<T>::of(program, 0, Form::Grouped(small));
        let plan = plan.map_err(|error| error.to_string())?;
        for threads in 1..5 {
            arena.threads = Threads::of(threads).map_err(|error| error.to_string())?;
            let got = plan
                .run_values(arena, inputs)
                .map_err(|error| error.to_string())?;
            if *first.get_or_insert_with(|| bits(&got)) != bits(&got) {
                return Err(format!(
                    "other bits on {threads} threads, with groups of {small}\n{program}"
                ));
            }
            for (i, (x, y)) in expected.iter().zip(&got).enumerate() {
                if !same(x, y) {
                    return Err(format!("output {i}: expected {x:?}, got {y:?}\n{program}"));
                }
            }
        }
    }
    Ok(())
}

fn trials<T: Number>(seed: u64, make: fn(&mut Rng) -> Program) {
    let mut rng = Rng::with_seed(seed);
    let mut arena = Arena::new();
    for _ in 0..300 {
        let program = make(&mut rng);
        let ready = simplify(&inline(&program).expect("a program"));
        let moved = hoist(&ready).expect("a program");
        let inputs = program
            .input_types()
            .iter()
            .map(|ty| value::<T>(&mut rng, ty));
        let inputs: Vec<Value<T>> = inputs.collect();
        for program in [&program, &ready, &moved] {
            compare(program, &inputs, &mut arena).unwrap_or_else(|why| panic!("{why}"));
        }
    }
}

#[test]
fn plain_programs() {
    trials::<f64>(1, random_plain);
    trials::<f32>(2, random_plain);
}

#[test]
fn programs_with_calls_and_loops() {
    trials::<f64>(3, random_program);
    trials::<f32>(4, random_program);
}
