//! What a plan says of itself, and what it refuses.

use crate::program::Program;
use crate::run::plan::plan::{Inputs, Outputs};
use crate::run::plan::{Arena, Plan, PlanError};

fn plan(text: &str) -> Plan<f32> {
    let program: Program = text.parse().expect("a program");
    Plan::new(&program).expect("a plan")
}

/// A product between two chains: the result of the first lives until the product has read it, and the second takes the place of
/// its operand.
const LAYER: &str = "cotangent program 1\n%0: [64, 64]\n%1: [64, 64]\n%2 [64, 64] = tanh %0
%3 [64, 64] = contract([0, 1], [1, 2], [0, 2]) %2 %1\n%4 [64, 64] = exp %3\n%5 [64, 64] = neg %4
%6 [64, 64] = contract([0, 1], [1, 2], [0, 2]) %5 %1\nreturn %6\n";

#[test]
fn memory_is_known_before_the_first_run() {
    let plan = plan(LAYER);
    let explained = plan.explained();
    let memory = &explained.memory;
    // Two products and two chains: exp and neg are one, in place. At most the argument and the result of a product are live.
    assert_eq!(explained.count(), 4);
    let matrix = 64 * 64 * 4;
    assert_eq!((memory.peak, memory.lower_bound), (2 * matrix, 2 * matrix));
    assert_eq!((memory.inputs, memory.outputs), (2 * matrix, matrix));
}

#[test]
fn what_lives_inside_of_a_chain_takes_no_memory() {
    let text = "cotangent program 1\n%0: [1000, 3]\n%1 [1000, 3] = exp %0\n%2 [1000, 3] = mul %1 %0
%3 [] = reduce_sum([0, 1]) %2\nreturn %3\n";
    let plan = plan(text);
    let explained = plan.explained();
    assert_eq!((explained.count(), explained.memory.peak), (1, 0));
}

#[test]
fn what_does_not_fit_is_refused() {
    let text =
        "cotangent program 1\n%0: [2, 3]\n%1: [4] < 2\n%2 [4, 3] = gather(0, 0) %0 %1\nreturn %2\n";
    let plan = plan(text);
    let run = |table: &[&[f32]], rows: &[usize], out: &mut [f32]| {
        let inputs = Inputs {
            scalars: table,
            indices: &[rows],
            keys: &[],
        };
        let outputs = Outputs {
            scalars: &mut [out],
            indices: &mut [],
            keys: &mut [],
        };
        plan.run(&mut Arena::new(), inputs, outputs)
            .map_err(|error| error.to_string())
    };
    let table: &[f32] = &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    let mut out = [0.0; 12];
    assert_eq!(run(&[table], &[1, 0, 1, 1], &mut out), Ok(()));
    assert_eq!(out[..6], [4.0, 5.0, 6.0, 1.0, 2.0, 3.0]);
    let refused = |result: Result<(), String>, why: &str| assert_eq!(result, Err(why.to_owned()));
    refused(
        run(&[], &[0; 4], &mut out),
        "the plan has 1 inputs of scalars, got 0",
    );
    let short = run(&[&table[1..]], &[0; 4], &mut out);
    refused(
        short,
        "inputs of scalars, number 0: expected 6 elements, got 5",
    );
    let few = run(&[table], &[0; 4], &mut [0.0; 3]);
    refused(
        few,
        "outputs of scalars, number 0: expected 12 elements, got 3",
    );
    let above = run(&[table], &[0, 1, 2, 0], &mut out);
    refused(above, "input 0 of indices has 2: expected indices below 2");
    let none: Result<_, PlanError> = plan.run_values(&mut Arena::new(), &[]);
    assert!(matches!(
        none,
        Err(PlanError::Count {
            expected: 2,
            got: 0,
            ..
        })
    ));
}
