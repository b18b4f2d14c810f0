//! Passes leave what a program computes as it is: of random programs, with calls, loops and keys, of the graphs of the tests,
//! and of every example.

mod batches;
pub mod examples;
mod loops;
mod mistakes;
mod mutants;
mod rewritten;
mod undefined;

use super::random_graph::random_graph;
use super::random_program::{random_plain, random_program};
use super::typed_graphs;
use batches::all_batches;
use cotangent::env::Given;
use cotangent::prelude::*;
use cotangent::program::{Program, ProgramError, hoist, inline, prune, recompute, simplify};
use cotangent::prove::{prove_batch_of, prove_equal, prove_equal_up_to_rounding};
use fastrand::Rng;
use num_rational::BigRational;
use rewritten::{pullback, with_checkpoints};

/// How many random programs with functions inside.
const SEEDS: usize = 8;

/// A pass, by its name, and how far its program is that before it.
pub type Pass = (
    &'static str,
    Equal,
    fn(&Program) -> Result<Program, ProgramError>,
);

/// How equal the program after a pass is to the one before.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Equal {
    /// Over floats, bit for bit.
    Bits,
    /// In the algebra: sums are added in another order.
    UpToRounding,
}

/// The passes that give a program over the same inputs.
pub const PASSES: [Pass; 10] = [
    ("inline", Equal::Bits, inline),
    ("simplify", Equal::Bits, |program| Ok(simplify(program))),
    ("prune", Equal::Bits, |program| Ok(prune(program))),
    ("inline, then simplify", Equal::Bits, |program| {
        Ok(simplify(&inline(program)?))
    }),
    ("recompute", Equal::Bits, |program| recompute(program, 1)),
    ("inline, simplify, recompute", Equal::Bits, |program| {
        recompute(&simplify(&inline(program)?), 1)
    }),
    ("all calls checkpoints", Equal::Bits, |program| {
        Ok(with_checkpoints(program, true))
    }),
    ("no checkpoints", Equal::Bits, |program| {
        Ok(with_checkpoints(program, false))
    }),
    ("hoist", Equal::UpToRounding, hoist),
    (
        "inline, simplify, hoist, simplify",
        Equal::UpToRounding,
        |program| Ok(simplify(&hoist(&simplify(&inline(program)?))?)),
    ),
];

/// Whether there is anything to show: some element of an output.
fn has_elements(program: &Program) -> bool {
    program
        .output_types()
        .iter()
        .any(|ty| ty.dims().count() > 0)
}

/// Whether a program has no value anywhere, such as one that divides by a literal 0: then there is nothing to show.
fn is_undefined(error: &Counterexample) -> bool {
    error.got == "none: nothing would be shown"
}

/// Every pass of a program is as equal to it as it says, and so is every pass of its pullback; the pullback of what a pass made
/// is equal in the algebra, and bit for bit if it only chose checkpoints. Returns how many equations.
pub fn all_equal(name: &str, program: &Program) -> usize {
    let mut identities = 0;
    let mut equal = |what: &str, bits: bool, one: &Program, other: &Program| {
        let prove = if bits {
            prove_equal
        } else {
            prove_equal_up_to_rounding
        };
        match prove(one, other) {
            Ok(proof) => identities += proof.identities,
            Err(error) if is_undefined(&error) || !has_elements(one) => {}
            Err(error) => panic!("{what} of {name}: {error}\n{one}\n{other}"),
        }
    };
    let pulled = pullback(program);
    for (pass, precision, f) in PASSES {
        let bits = precision == Equal::Bits;
        let made = |program| f(program).unwrap_or_else(|error| panic!("{pass} of {name}: {error}"));
        let other = made(program);
        equal(pass, bits, program, &other);
        equal(
            &format!("the pullback, then {pass},"),
            bits,
            &pulled,
            &made(&pulled),
        );
        // A rule of an op goes with its call, and what is written out has the derivative of its body.
        let only_checkpoints = pass.contains("checkpoints");
        equal(
            &format!("{pass}, then the pullback,"),
            only_checkpoints,
            &pulled,
            &pullback(&other),
        );
    }
    identities
}

/// They compute the same, over exact scalars too, and are in their simplest form after two passes.
#[test]
fn random_programs_are_smaller() {
    let mut rng = Rng::with_seed(5);
    let (mut before, mut after, mut shown) = (0, 0, 0);
    for _ in 0..100 {
        let program = random_plain(&mut rng);
        let simple = simplify(&program);
        if has_elements(&program) {
            match prove_equal(&program, &simple) {
                Ok(_) => shown += 1,
                Err(error) if is_undefined(&error) => {}
                Err(error) => panic!("{error}\n{program}"),
            }
        }
        let twice = simplify(&simple);
        assert_eq!(simplify(&twice), twice, "{program}");
        assert_eq!(program.to_string().parse(), Ok(program.clone()));
        before += program.instructions().len();
        after += simple.instructions().len();
    }
    assert!(shown > 80, "{shown} of 100");
    // About a fifth goes: so the equations were tried.
    assert!(after * 6 < before * 5, "{after} of {before}");
}

/// With calls, checkpoints, loops, labels and keys; and the programs have them.
#[test]
fn random_programs() {
    let mut rng = Rng::with_seed(7);
    let mut found = [0; 4];
    for seed in 0..SEEDS {
        let program = random_program(&mut rng);
        let text = program.to_string();
        for (found, word) in found
            .iter_mut()
            .zip(["call(", "checkpoint", "scan(", "mask("])
        {
            *found += usize::from(text.contains(word));
        }
        all_equal(&format!("random program {seed}"), &program);
    }
    assert!(found.iter().all(|&found| found >= 2), "{found:?}");
}

/// Sample by sample, of all inputs and of each alone; and with the derivatives, where `prove_batch` does it.
#[test]
fn random_batches() {
    let mut rng = Rng::with_seed(11);
    let mut shown = 0;
    for seed in 0..SEEDS {
        let program = random_program(&mut rng);
        shown += usize::from(all_batches(&format!("random program {seed}"), &program) > 0);
    }
    assert!(2 * shown > SEEDS, "{shown} of {SEEDS}");
    // A quotient by a literal 0 is nowhere defined.
    let programs = (0..40).map(|_| random_program(&mut rng));
    let defined = programs.filter(|program| !program.to_string().contains(" div "));
    for program in defined.take(1) {
        prove_batch_of(&program).unwrap_or_else(|error| panic!("{error}\n{program}"));
    }
}

/// Says that an environment is one of a graph.
fn typed<A: Semiring, D: Environment, G, Ss>(
    _graph: &GraphData<A, D, G, Ss>,
    _env: impl Given<A, D>,
) {
}

#[test]
fn graphs_of_the_tests() {
    for seed in 0..5 {
        let g = random_graph::<BigRational>(&mut Rng::with_seed(seed));
        all_equal(&format!("random graph {seed}"), &g.program().unwrap());
    }
    let rng = &mut Rng::with_seed(3);
    macro_rules! passed {
        ($graph:expr, $env:expr) => {{
            let graph = $graph;
            typed(&graph, &$env);
            let program = graph.program().unwrap();
            all_equal(stringify!($graph), &program);
            all_batches(stringify!($graph), &program);
        }};
    }
    each_typed_graph!(f64, rng, passed);
}
