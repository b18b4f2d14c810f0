//! `hoist` of random loops with products and sums; and what it makes of a loop with a mistake in it, which is refused.

use super::rewritten::{pullback, push, rewritten};
use cotangent::program::{
    Binary, Broadcast, Contract, Function, Prim, Program, Reshape, Scan, Slice, Steps, Unary, hoist,
};
use cotangent::prove::{hoist_eq, prove_equal_up_to_rounding};
use cotangent::tensor::Dims;
use fastrand::Rng;

/// One of the values that have these dims.
fn of_dims(rng: &mut Rng, program: &Program, dims: &Dims) -> usize {
    let like = (0..program.size()).filter(|&id| program.types()[id].dims() == dims);
    let like: Vec<usize> = like.collect();
    // The body of a loop has inputs of both dims.
    like[rng.usize(..like.len())]
}

/// A loop over vectors and matrices, with constants, carried values and inputs of both. Half of what is carried is added up.
fn random_loop(rng: &mut Rng) -> Program {
    let (vector, matrix) = (Dims::new(&[2]), Dims::new(&[2, 2]));
    let of = [0, 1, 0, 1, 0, 0, 1].map(|i| [&vector, &matrix][i].clone());
    let (constants, carried) = (2, 3);
    let mut body = Program::new(&of);
    for _ in 0..7 {
        let [x, y] = [0; 2].map(|_| of_dims(rng, &body, &vector));
        let m = of_dims(rng, &body, &matrix);
        let _ = match rng.u8(..8) {
            0 | 1 => body.push(Contract::new([0, 1], [1], [0]), &[m, x]),
            2 => body.push(Contract::new([1], [0, 1], [0]), &[x, m]),
            3 => body.push(Contract::new([0], [1], [0, 1]), &[x, y]),
            4 => body.push(Binary::Add, &[x, y]),
            5 => body.push(Binary::Mul, &[x, y]),
            6 => body.push(Unary::Neg, &[m]),
            _ => body.push(Unary::Neg, &[x]),
        };
    }
    let mut outputs = Vec::new();
    for (carried, dims) in of.iter().enumerate().skip(constants).take(carried) {
        let next = of_dims(rng, &body, dims);
        outputs.push(match rng.bool() {
            true => body
                .push(Binary::Add, &[carried, next])
                .expect("two of one type"),
            false => next,
        });
    }
    outputs.extend([&vector, &matrix].map(|dims| of_dims(rng, &body, dims)));
    body.set_outputs(&outputs).expect("values that it has");
    let length = rng.usize(..4);
    let stacked = |dims: &Dims| {
        core::iter::once(length)
            .chain(dims.iter().copied())
            .collect()
    };
    let scan = Scan {
        body: Function::new("step", body, None),
        length,
        constants,
        carried,
        inputs: [Steps::Stacked; 2].into(),
        outputs: [Steps::Stacked; 2].into(),
        reverse: rng.bool(),
    };
    let (whole, entries) = of.split_at(constants + carried);
    let entries: Vec<Dims> = entries.iter().map(stacked).collect();
    let inputs = [whole, &entries].concat();
    let mut program = Program::new(&inputs);
    let arguments: Vec<usize> = (0..inputs.len()).collect();
    let first = program.push(scan, &arguments).expect("a loop");
    let results: Vec<usize> = (first..program.size()).collect();
    program.set_outputs(&results).expect("values that it has");
    program
}

/// Values, and what their pullbacks make of it. Most have something that moves.
#[test]
fn random_loops() {
    let mut rng = Rng::with_seed(13);
    let mut moved = [0; 2];
    for _ in 0..60 {
        let program = random_loop(&mut rng);
        for (moved, program) in moved.iter_mut().zip([&program, &pullback(&program)]) {
            hoist_eq(program).unwrap_or_else(|error| panic!("{error}\n{program}"));
            let got = hoist(program).unwrap();
            assert_eq!(hoist(&got).unwrap(), got, "{program}");
            *moved += usize::from(got != *program);
        }
    }
    assert!(moved.iter().all(|&moved| moved > 40), "{moved:?}");
}

fn program(text: &str) -> Program {
    text.parse()
        .unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A recurrent layer and what is like its pullback: a product before the loop and one after it, two sums of products, from a start
/// that is not zero, and a value that is the same at every step.
const LAYER: &str = "cotangent program 1
function 0 step {
  %0 w: [2, 2]
  %1 h: [2]
  %2 sum: [2, 2]
  %3 more: []
  %4 x: [2]
  %5 [2, 2] = exp %0
  %6 [2] = contract([0, 1], [1], [0]) %5 %4
  %7 [2] = mul %1 %6
  %8 [2, 2] = contract([0], [1], [0, 1]) %7 %4
  %9 [2, 2] = add %2 %8
  %10 [] = contract([0], [0], []) %7 %1
  %11 [] = add %3 %10
  %12 [2] = contract([0, 1], [1], [0]) %0 %7
  return %7 %9 %11 %12
}
%0 w: [2, 2]
%1 h: [2]
%2 sum: [2, 2]
%3 more: []
%4 x: [3, 2]
%5 [2], %6 [2, 2], %7 [], %8 [3, 2] = scan(f0, 3, 1, 3, [0], [0], reverse) %0 %1 %2 %3 %4
return %5 %6 %7 %8
";

/// What the pass makes of it.
const MADE: &str = "cotangent program 1
function 0 step {
  %0 h: [2]
  %1: [2]
  %2 [2] = mul %0 %1
  return %2 %2 %0
}
%0 w: [2, 2]
%1 h: [2]
%2 sum: [2, 2]
%3 more: []
%4 x: [3, 2]
%5 [2, 2] = exp %0
%6 [3, 2] = contract([0, 1], [2, 1], [2, 0]) %5 %4
%7 [2], %8 [3, 2], %9 [3, 2] = scan(f0, 3, 0, 1, [0], [0, 0], reverse) %1 %6
%10 [3, 2] = contract([0, 1], [2, 1], [2, 0]) %0 %8
%11 [2, 2] = contract([0, 1], [0, 2], [1, 2]) %8 %4
%12 [2, 2] = add %2 %11
%13 [] = contract([0, 1], [0, 1], []) %8 %9
%14 [] = add %3 %13
return %7 %12 %14 %10
";

/// The mistake, what is written, and what is written instead.
const MISTAKES: [(&str, &str, &str); 11] = [
    ("the direction is forgotten", ", reverse", ""),
    (
        "the start of a sum is forgotten",
        "return %7 %12 %14",
        "return %7 %11 %14",
    ),
    ("a sum is its own start", "add %3 %13", "add %13 %13"),
    (
        "what is the same at every step is not computed",
        "[2, 0]) %5 %4",
        "[2, 0]) %0 %4",
    ),
    (
        "the fixed factor is transposed",
        "contract([0, 1], [2, 1], [2, 0]) %5 %4",
        "contract([0, 1], [2, 0], [2, 1]) %5 %4",
    ),
    (
        "the product before the loop is forgotten",
        "reverse) %1 %6",
        "reverse) %1 %4",
    ),
    (
        "the state after a step for that before it",
        "return %2 %2 %0\n",
        "return %2 %2 %2\n",
    ),
    (
        "nothing is carried on",
        "return %2 %2 %0\n",
        "return %0 %2 %0\n",
    ),
    (
        "after the loop, the product of another value",
        "[2, 0]) %0 %8",
        "[2, 0]) %0 %4",
    ),
    (
        "a sum is transposed",
        "[0, 2], [1, 2]) %8 %4",
        "[0, 2], [2, 1]) %8 %4",
    ),
    (
        "a sum is of another value",
        "[1, 2]) %8 %4",
        "[1, 2]) %9 %4",
    ),
];

/// The steps from `start` on, `len` of them.
fn steps(out: &mut Program, id: usize, start: usize, len: usize) -> usize {
    let axis = 0;
    push(out, Slice { axis, start, len }, &[id])[0]
}

/// What is made, with another instruction in place of that which gives this value.
fn instead(
    made: &Program,
    value: usize,
    write: fn(&mut Program, &Prim, &[usize]) -> usize,
) -> Program {
    let mut next = made.inputs().len();
    rewritten(made, |out, instruction, x| {
        let here = next;
        next += instruction.results.len();
        match here == value {
            true => vec![write(out, &instruction.prim, x)],
            false => push(out, instruction.prim.clone(), x),
        }
    })
}

#[test]
fn mistakes_around_loops() {
    let layer = program(LAYER);
    let made = hoist(&layer).unwrap();
    assert_eq!(made.to_string(), MADE);
    assert!(hoist_eq(&layer).unwrap().is_exact());
    let refused = |mistake: &str, mutant: &Program| {
        let error = prove_equal_up_to_rounding(&layer, mutant).expect_err(mistake);
        assert_eq!(error.law, "programs_are_equal", "{mistake}: {error}");
    };
    for (mistake, right, wrong) in MISTAKES {
        assert_eq!(MADE.matches(right).count(), 1, "{mistake}");
        refused(mistake, &program(&MADE.replace(right, wrong)));
    }
    let product_of_one_step = instead(&made, 6, |out, prim, x| {
        let first = steps(out, x[1], 0, 1);
        let product = push(out, prim.clone(), &[x[0], first])[0];
        let product = push(out, Reshape(Dims::new(&[2])), &[product])[0];
        push(out, Broadcast(Dims::new(&[3, 2]), vec![1]), &[product])[0]
    });
    refused("the product of one step for all", &product_of_one_step);
    let lost_step = instead(&made, 11, |out, prim, x| {
        let x = [0, 1].map(|i| steps(out, x[i], 1, 2));
        push(out, prim.clone(), &x)[0]
    });
    refused("a sum without the first step", &lost_step);
    let shifted = instead(&made, 11, |out, prim, x| {
        let x = [steps(out, x[0], 0, 2), steps(out, x[1], 1, 2)];
        push(out, prim.clone(), &x)[0]
    });
    refused("a sum of products of two steps", &shifted);
}
