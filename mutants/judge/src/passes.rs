//! The laws of the passes, of the program of a graph and of that of its tangents.

use crate::Judge;
use cotangent::graph::NoProgram;
use cotangent::prelude::*;
use cotangent::program::{Program, jvp};
use cotangent::prove::{Proof, inline_eq, prune_eq, simplify_eq};

type Law = fn(&Program) -> Result<Proof, Counterexample>;

const LAWS: [Law; 3] = [inline_eq, simplify_eq, prune_eq];

/// Runs them.
pub fn check(judge: &mut Judge, name: &str, program: Result<Program, NoProgram>) {
    let failed = |error: &dyn std::fmt::Display| {
        Counterexample::new("the passes", "the program", "one", error)
    };
    let program = program.map_err(|error| failed(&error));
    let Some(program) = judge.value_of(name, || program) else {
        return;
    };
    // The tangents of a graph have calls and loops of what was derived.
    let tangents = judge.value_of(name, || {
        let active = vec![true; program.inputs().len()];
        jvp(&program, &active).map_err(|error| failed(&error))
    });
    for law in LAWS {
        judge.demand(name, || law(&program));
        if let Some(tangents) = &tangents {
            judge.demand(name, || law(&tangents.program));
        }
    }
}
