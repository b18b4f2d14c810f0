//! The laws of the passes, of the program of a graph and of those of its tangents and cotangents.

use crate::Judge;
use cotangent::graph::NoProgram;
use cotangent::prelude::*;
use cotangent::program::{Program, inline, jvp, simplify, vjp};
use cotangent::prove::{Proof, hoist_eq, inline_eq, prune_eq, recompute_eq, simplify_eq};

type Law = fn(&Program) -> Result<Proof, Counterexample>;

const LAWS: [Law; 6] = [
    inline_eq,
    simplify_eq,
    prune_eq,
    hoist_eq,
    hoist_of_inlined_eq,
    recompute_of_inlined_eq,
];

/// As plans use it: what a step of a loop does is then seen, and not called.
fn hoist_of_inlined_eq(program: &Program) -> Result<Proof, Counterexample> {
    hoist_eq(&inlined(program)?)
}

/// As plans use it; of values of any size, since all are small here.
fn recompute_of_inlined_eq(program: &Program) -> Result<Proof, Counterexample> {
    recompute_eq(&inlined(program)?, 1)
}

fn inlined(program: &Program) -> Result<Program, Counterexample> {
    let inlined = inline(program)
        .map_err(|error| Counterexample::new("inline_eq", "the program", "one", error))?;
    Ok(simplify(&inlined))
}

/// Runs them.
pub fn check(judge: &mut Judge, name: &str, program: Result<Program, NoProgram>) {
    let failed = |error: &dyn std::fmt::Display| {
        Counterexample::new("the passes", "the program", "one", error)
    };
    let program = program.map_err(|error| failed(&error));
    let Some(program) = judge.value_of(name, || program) else {
        return;
    };
    // The tangents and cotangents of a graph have calls and loops of what was derived.
    let derived = judge.value_of(name, || {
        let active = vec![true; program.inputs().len()];
        let given = vec![true; program.outputs().len()];
        let tangents = jvp(&program, &active).map_err(|error| failed(&error))?;
        let pulled = vjp(&program, &active, &given).map_err(|error| failed(&error))?;
        Ok([tangents.program, pulled.backward])
    });
    for law in LAWS {
        judge.demand(name, || law(&program));
        for derived in derived.iter().flatten() {
            judge.demand(name, || law(derived));
        }
    }
}
