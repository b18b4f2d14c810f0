//! Values that stay in the arena: a plan that runs many times gives what the interpreter gives, output after input.

use super::random::{Number, value};
use super::random_program::{random_plain, random_program};
use crate::program::{Program, Value, simplify};
use crate::run::plan::{Arena, Plan};
use fastrand::Rng;

/// The program with some inputs and outputs of equal types in front, each pair in one place, and how many.
fn with_pairs(program: &Program, rng: &mut Rng) -> (Program, usize) {
    let mut inputs: Vec<usize> = (0..program.inputs().len()).collect();
    let mut outputs: Vec<usize> = program.outputs().to_vec();
    rng.shuffle(&mut inputs);
    // Values in between are outputs, too: what is carried may be read later, or be an input itself.
    for id in 0..program.size() {
        if rng.u8(..3) == 0 {
            outputs.push(id);
        }
    }
    rng.shuffle(&mut outputs);
    let (mut carried, types) = (0, program.types());
    for place in 0..inputs.len() {
        let next = (carried..outputs.len()).find(|&o| types[outputs[o]] == types[inputs[place]]);
        if let Some(next) = next {
            inputs.swap(carried, place);
            outputs.swap(carried, next);
            carried += 1;
        }
    }
    let mut b = crate::program::Builder::new(&crate::program::TRANSFORM);
    let mut here = Vec::new();
    for input in program.inputs() {
        here.push(b.input(input.clone()));
    }
    for instruction in program.instructions() {
        let x: Vec<usize> = instruction.arguments.iter().map(|&id| here[id]).collect();
        here.extend(b.push_all(instruction.prim.clone(), &x).expect("a program"));
    }
    let ids = |of: &[usize]| of.iter().map(|&id| here[id]).collect::<Vec<_>>();
    let program = b.finish(&ids(&inputs), &ids(&outputs)).expect("a program");
    (program, carried)
}

fn trials<T: Number>(seed: u64, make: fn(&mut Rng) -> Program) -> usize {
    let mut rng = Rng::with_seed(seed);
    let mut pairs = 0;
    for _ in 0..200 {
        let (program, carried) = with_pairs(&make(&mut rng), &mut rng);
        for program in [&program, &simplify(&program)] {
            let types = program.input_types();
            let all: Vec<Value<T>> = types.iter().map(|ty| value(&mut rng, ty)).collect();
            let (first, rest) = all.split_at(carried);
            let plan = Plan::<T>::carrying(program, carried).expect("a plan");
            let mut arena = Arena::new();
            plan.set(&mut arena, first).expect("values of their types");
            let mut state = first.to_vec();
            for run in 0..3 {
                let inputs = [&state, rest].concat();
                // What has no value, or grew beyond all bounds, says nothing.
                let Ok(mut expected) = program.run(&inputs) else {
                    break;
                };
                let given = expected.split_off(carried);
                let got = plan
                    .run_values(&mut arena, rest)
                    .expect("inputs of their types");
                let kept = plan.get(&arena, 0..carried);
                for (x, y) in given.iter().chain(&expected).zip(got.iter().chain(&kept)) {
                    assert!(
                        super::random::same(x, y),
                        "run {run}: {x:?}, {y:?}\n{program}"
                    );
                }
                state = kept;
                pairs += carried;
            }
        }
    }
    pairs
}

#[test]
fn plain_programs() {
    assert!(trials::<f64>(21, random_plain) > 500);
    assert!(trials::<f32>(22, random_plain) > 500);
}

#[test]
fn programs_with_calls_and_loops() {
    assert!(trials::<f64>(23, random_program) > 500);
}

/// `x ← y`, `y ← x + y`: each is read after the other was made.
#[test]
fn values_that_are_carried_to_each_other() {
    let text = "cotangent program 1\n%0: [2]\n%1: [2]\n%2 [2] = add %0 %1\nreturn %1 %2 %0\n";
    let program: Program = text.parse().expect("a program");
    let plan = Plan::<f64>::carrying(&program, 2).expect("a plan");
    let mut arena = Arena::new();
    let of = |x: [f64; 2]| crate::tensor::AnyTensor::new(&[2], x.to_vec()).map(Value::from);
    let values = [of([0.0, 1.0]), of([1.0, 10.0])].map(|x| x.expect("two numbers"));
    plan.set(&mut arena, &values)
        .expect("values of their types");
    let mut seen = Vec::new();
    for _ in 0..5 {
        let x = plan.run_values(&mut arena, &[]).expect("no inputs");
        seen.extend(
            x.into_iter()
                .filter_map(Value::into_tensor)
                .map(|x| x.as_slice().to_vec()),
        );
    }
    let expected = [
        [0.0, 1.0],
        [1.0, 10.0],
        [1.0, 11.0],
        [2.0, 21.0],
        [3.0, 32.0],
    ];
    assert_eq!(seen, expected.map(Vec::from));
}

#[test]
fn what_does_not_fit_is_refused() {
    let text = "cotangent program 1\n%0: [2]\n%1: []\nreturn %1 %0\n";
    let program: Program = text.parse().expect("a program");
    let refused = Plan::<f64>::carrying(&program, 1).expect_err("another type");
    assert_eq!(refused.to_string(), "input 0 of the plan is [2], got []");
    let refused = Plan::<f64>::carrying(&program, 3).expect_err("too many");
    assert_eq!(refused.to_string(), "the plan has 2 inputs, got 3");
}
