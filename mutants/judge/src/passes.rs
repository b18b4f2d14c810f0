//! Laws of the passes: the program of a graph, and what a pass makes of it, give the same by the bits.

use crate::Judge;
use cotangent::graph::NoProgram;
use cotangent::prelude::*;
use cotangent::program::{Program, ProgramError, Value, inline, jvp, prune, simplify};

type Pass = fn(&Program) -> Result<Program, ProgramError>;

const PASSES: [(&str, Pass); 3] = [
    ("inline_eq", inline),
    ("simplify_eq", |program| Ok(simplify(program))),
    ("prune_eq", |program| Ok(prune(program))),
];

/// Runs each pass over a program, with its tangents too, at some values of its inputs.
pub fn check(
    judge: &mut Judge,
    name: &str,
    program: Result<Program, NoProgram>,
    inputs: &[Value<f64>],
) {
    for (law, pass) in PASSES {
        judge.demand(name, || {
            let program = program.as_ref().map_err(|error| failed(law, error))?;
            same(law, pass, program, inputs)?;
            // The tangents of a graph have calls and loops of what was derived.
            let active = vec![true; inputs.len()];
            let tangents = jvp(program, &active).map_err(|error| failed(law, error))?;
            let is_scalar = |value: &&Value<f64>| matches!(value, Value::Scalar(_));
            let dx = inputs.iter().filter(is_scalar);
            let all: Vec<_> = inputs.iter().chain(dx).cloned().collect();
            same(law, pass, &tangents.program, &all)
        });
    }
}

fn failed(law: &'static str, error: impl std::fmt::Display) -> Counterexample {
    Counterexample::new(law, "the program", "values", error)
}

fn same(
    law: &'static str,
    pass: Pass,
    program: &Program,
    inputs: &[Value<f64>],
) -> Result<(), Counterexample> {
    let passed = pass(program).map_err(|error| failed(law, error))?;
    let (expected, got) = (program.run(inputs), passed.run(inputs));
    let expected = expected.map_err(|error| failed(law, error))?;
    let got = got.map_err(|error| failed(law, error))?;
    let pairs = expected.iter().zip(&got);
    match pairs
        .enumerate()
        .find(|(_, (expected, got))| !identical(expected, got))
    {
        None => Ok(()),
        Some((output, (expected, got))) => {
            let place = format!("output {output}");
            Err(Counterexample::new(law, place, text(expected), text(got)))
        }
    }
}

/// Equal by the bits.
fn identical(x: &Value<f64>, y: &Value<f64>) -> bool {
    match (x, y) {
        (Value::Scalar(x), Value::Scalar(y)) => {
            let bits = |x: &AnyTensor<f64>| x.as_slice().iter().map(|x| x.to_bits()).collect();
            let (a, b): (Vec<u64>, Vec<u64>) = (bits(x), bits(y));
            x.dims() == y.dims() && a == b
        }
        _ => x == y,
    }
}

fn text(value: &Value<f64>) -> String {
    format!("{value:?}")
}
