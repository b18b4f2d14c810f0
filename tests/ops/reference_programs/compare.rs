//! A program against its case: results, tangents, cotangents and masks.

use super::case::Case;
use super::draws::draws;
use cotangent::prelude::*;
use cotangent::program::{Program, Value, jvp, vjp};
use cotangent::tensor::Indices;

/// The largest difference from the file, relative to `1 + |expected|`: as in `tests/ops/reference.rs`.
const TOLERANCE: f64 = 1e-13;

/// Compares all that a case has. The program takes its inputs and then its environment, and gives its float results
/// and then its indices.
pub fn compare(case: &Case, program: &Program) -> Result<(), String> {
    results("program", case, &ran(program, &case.arguments())?)?;
    tangents("jvp of the program", case, &tangents_of(case, program)?)?;
    cotangents("vjp of the program", case, &cotangents_of(case, program)?)?;
    masks(case, program)
}

fn ran(program: &Program, arguments: &[Value<f64>]) -> Result<Vec<Value<f64>>, String> {
    program.run(arguments).map_err(|error| error.to_string())
}

fn tangents_of(case: &Case, program: &Program) -> Result<Vec<Value<f64>>, String> {
    let both = jvp(program, &differentiated(case)).map_err(|error| error.to_string())?;
    let mut arguments = case.arguments();
    arguments.extend(case.tangents.iter().cloned().map(Value::from));
    let y = ran(&both.program, &arguments)?;
    let mut tangents = y[program.outputs().len()..].iter().cloned();
    // Of what depends on no input there is none, as good as zero; labels have none.
    let floats = both.tangents.iter().zip(&case.output_tangents);
    let given = floats.map(|(&depends, expected)| match depends {
        true => tangents.next(),
        false => Some(AnyTensor::full(expected.dims().clone(), 0.0).into()),
    });
    let given: Option<_> = given.collect();
    given.ok_or_else(|| "the jvp of the program gives too few tangents".to_owned())
}

fn cotangents_of(case: &Case, program: &Program) -> Result<Vec<Value<f64>>, String> {
    let mut given: Vec<bool> = case.seeds.iter().map(Option::is_some).collect();
    given.resize(program.outputs().len(), false);
    let halves = vjp(program, &differentiated(case), &given).map_err(|error| error.to_string())?;
    let mut arguments = ran(&halves.forward, &case.arguments())?.split_off(program.outputs().len());
    arguments.extend(case.seeds.iter().flatten().cloned().map(Value::from));
    ran(&halves.backward, &arguments)
}

/// The results against those of the case, `what` says where they come from.
pub fn results(what: &str, case: &Case, y: &[Value<f64>]) -> Result<(), String> {
    let floats = case.outputs.len();
    counted(what, "results", y.len(), floats + case.computed.len())?;
    for (i, (got, expected)) in y.iter().zip(&case.outputs).enumerate() {
        let result = format!("{what}: result {i}");
        close(&result, got, expected)?;
        if !case.masks.is_empty() {
            zeros(&result, got, expected)?;
        }
    }
    for (i, (got, expected)) in y[floats..].iter().zip(&case.computed).enumerate() {
        labels(&format!("{what}: indices {i}"), got, expected)?;
    }
    Ok(())
}

/// The tangents of the float results.
pub fn tangents(what: &str, case: &Case, dy: &[Value<f64>]) -> Result<(), String> {
    all_close(what, "tangent", dy, &case.output_tangents)
}

/// The cotangents of the inputs.
pub fn cotangents(what: &str, case: &Case, dx: &[Value<f64>]) -> Result<(), String> {
    all_close(what, "cotangent", dx, &case.cotangents)
}

fn all_close(
    what: &str,
    each: &str,
    got: &[Value<f64>],
    expected: &[AnyTensor<f64>],
) -> Result<(), String> {
    counted(what, &format!("{each}s"), got.len(), expected.len())?;
    for (i, (got, expected)) in got.iter().zip(expected).enumerate() {
        close(&format!("{what}: {each} {i}"), got, expected)?;
    }
    Ok(())
}

fn counted(what: &str, each: &str, got: usize, expected: usize) -> Result<(), String> {
    match got == expected {
        true => Ok(()),
        false => Err(format!("{what}: {got} {each}, expected {expected}")),
    }
}

/// Compares indices.
fn labels(what: &str, got: &Value<f64>, expected: &Indices) -> Result<(), String> {
    match got {
        Value::Index(got) if got == expected => Ok(()),
        Value::Index(same) if same.as_slice() != expected.as_slice() => {
            let (got, expected) = (same.as_slice(), expected.as_slice());
            Err(format!("{what} are {got:?}, expected {expected:?}"))
        }
        Value::Index(_) | Value::Scalar(_) | Value::Key(_) => {
            let expected = Value::<f64>::from(expected.clone()).ty();
            Err(format!("{what} are {}, expected {expected}", got.ty()))
        }
    }
}

/// What a mask drops is zero, exactly, and nothing else is: no case with masks has zeros among what it keeps.
fn zeros(what: &str, got: &Value<f64>, expected: &AnyTensor<f64>) -> Result<(), String> {
    let got = got.tensor().map_or(&[][..], AnyTensor::as_slice);
    let differ = |(x, y): (&f64, &f64)| (*x == 0.0) != (*y == 0.0);
    match got.iter().zip(expected.as_slice()).position(differ) {
        None => Ok(()),
        Some(i) => Err(format!(
            "{what}: element {i} is not kept by one mask of two"
        )),
    }
}

/// Which arguments are differentiated: the inputs, and not the environment.
fn differentiated(case: &Case) -> Vec<bool> {
    let mut flags = vec![true; case.inputs.len()];
    flags.resize(flags.len() + case.environment.len(), false);
    flags
}

/// The numbers that the program folds its key with, and what the keys draw: to the bit.
fn masks(case: &Case, program: &Program) -> Result<(), String> {
    let drawn = draws(program);
    if drawn.len() != case.masks.len() {
        return Err(format!(
            "{} masks, expected {}",
            drawn.len(),
            case.masks.len()
        ));
    }
    for (i, (got, mask)) in drawn.iter().zip(&case.masks).enumerate() {
        if got.folds != mask.folds {
            let (got, expected) = (&got.folds, &mask.folds);
            return Err(format!(
                "the key of mask {i} is folded with {got:?}, expected {expected:?}"
            ));
        }
        let Some(Value::Key(key)) = case.environment.get(got.entry - case.inputs.len()) else {
            return Err(format!("mask {i} has no key in the case"));
        };
        let key = got
            .folds
            .iter()
            .fold(key.as_slice()[0], |key, &n| key.fold_in(n.into()));
        if key != mask.key || got.keep != mask.threshold || got.dims != *mask.bits.dims() {
            let got = format!("the key {key}, {} and {}", got.keep, got.dims);
            let expected = format!("{}, {} and {}", mask.key, mask.threshold, mask.bits.dims());
            return Err(format!("mask {i} has {got}, expected {expected}"));
        }
        let bits = (0..).map(|at| usize::from(u64::from(key.bits(at)) < got.keep));
        let bits: Vec<usize> = bits.take(got.dims.count()).collect();
        if bits != mask.bits.as_slice() {
            return Err(format!(
                "mask {i} is {bits:?}, expected {:?}",
                mask.bits.as_slice()
            ));
        }
    }
    Ok(())
}

/// Compares two tensors, element by element. A NaN is near a NaN only, an infinity near itself.
fn close(what: &str, got: &Value<f64>, expected: &AnyTensor<f64>) -> Result<(), String> {
    let got = match got.tensor() {
        Some(got) if got.dims() == expected.dims() => got,
        Some(_) | None => {
            let (got, expected) = (got.ty(), expected.dims());
            return Err(format!("{what} is {got}, expected {expected}"));
        }
    };
    for (i, (&x, &y)) in got.as_slice().iter().zip(expected.as_slice()).enumerate() {
        let near = (x - y).abs() <= TOLERANCE * (1.0 + y.abs()) && y.is_finite();
        if !(near || x == y || x.is_nan() && y.is_nan()) {
            let dims = got.dims();
            return Err(format!(
                "{what} of dims {dims}: element {i} is {x:?}, expected {y:?}"
            ));
        }
    }
    Ok(())
}
