//! Loops: one instruction for all steps, forward and backward, equal to the steps written out.

use cotangent::program::{
    Binary, Call, Contract, Function, Prim, Program, Scan, Slice, Steps, Unary, Value, inline, jvp,
    vjp,
};
use cotangent::prove::{Oracle, Term};
use cotangent::scalar::{Dual, Interval, Modular, Sample, Semiring};
use cotangent::tensor::{AnyTensor, Dims};
use num_rational::BigRational as Q;
use std::sync::Arc;

fn q(n: i64, d: i64) -> Q {
    Q::new(n.into(), d.into())
}

/// `(w, s, x) ↦ (s w + x, s x)`: the next state, and an output of the step.
fn body() -> Arc<Function> {
    let matrix = Dims::new(&[2, 2]);
    let row = Dims::new(&[2]);
    let mut body = Program::new(&[matrix, row.clone(), row]);
    let turned = body.push(Contract::new([0], [0, 1], [1]), &[1, 0]).unwrap();
    let next = body.push(Binary::Add, &[turned, 2]).unwrap();
    let seen = body.push(Binary::Mul, &[1, 2]).unwrap();
    body.set_outputs(&[next, seen]).unwrap();
    Function::new("step", body, None)
}

fn scan(length: usize, inputs: Steps, outputs: Steps, reverse: bool) -> Scan {
    Scan {
        body: body(),
        length,
        constants: 1,
        carried: 1,
        inputs: [inputs].into(),
        outputs: [outputs].into(),
        reverse,
    }
}

/// The loop over stacked inputs, as a program of one instruction.
fn looped(length: usize, reverse: bool) -> Program {
    let dims: Vec<Dims> = [&[2, 2][..], &[2], &[length, 2]].map(Dims::new).to_vec();
    let mut program = Program::new(&dims);
    let last = program
        .push(
            scan(length, Steps::Stacked, Steps::Stacked, reverse),
            &[0, 1, 2],
        )
        .unwrap();
    program.set_outputs(&[last, last + 1]).unwrap();
    program
}

/// The same with a call for each step. Its outputs are the last state and the output of each step.
fn called(length: usize, reverse: bool) -> Program {
    let dims: Vec<Dims> = [&[2, 2][..], &[2], &[length, 2]].map(Dims::new).to_vec();
    let mut program = Program::new(&dims);
    let (mut state, mut seen) = (1, vec![0; length]);
    for i in 0..length {
        let start = if reverse { length - 1 - i } else { i };
        let part = program
            .push(
                Slice {
                    axis: 0,
                    start,
                    len: 1,
                },
                &[2],
            )
            .unwrap();
        let x = program
            .push(cotangent::program::Reshape(Dims::new(&[2])), &[part])
            .unwrap();
        let call = Call {
            function: body(),
            checkpoint: false,
        };
        state = program.push(call, &[0, state, x]).unwrap();
        seen[start] = state + 1;
    }
    program.set_outputs(&[vec![state], seen].concat()).unwrap();
    program
}

/// Inputs whose products stay small: the matrix turns by a right angle, so integers stay integers.
fn inputs<A: Semiring>(length: usize, of: impl Fn(i64, i64) -> A) -> Vec<Value<A>> {
    let tensor = |dims: &[usize], data: Vec<A>| Value::from(AnyTensor::new(dims, data).unwrap());
    let w = vec![of(0, 1), of(1, 1), of(-1, 1), of(0, 1)];
    let x = (0..2 * length).map(|i| of(i as i64 % 7 - 3, 1)).collect();
    vec![
        tensor(&[2, 2], w),
        tensor(&[2], vec![of(1, 1), of(2, 1)]),
        tensor(&[length, 2], x),
    ]
}

fn tensors<A: Clone>(values: &[Value<A>]) -> Vec<AnyTensor<A>> {
    values
        .iter()
        .map(|value| value.tensor().unwrap().clone())
        .collect()
}

/// The values, then the cotangents of all inputs for cotangents that differ in every element.
fn both_ways<A: Semiring>(
    program: &Program,
    x: &[Value<A>],
    of: &impl Fn(i64, i64) -> A,
) -> [Vec<AnyTensor<A>>; 2] {
    let (inputs, outputs) = (program.inputs().len(), program.outputs().len());
    let halves = vjp(program, &vec![true; inputs], &vec![true; outputs]).unwrap();
    let mut y = halves.forward.run(x).unwrap();
    let mut residuals = y.split_off(outputs);
    let mut n = 0;
    for value in &y {
        let dims = value.dims().clone();
        let data = (0..dims.count()).map(|_| {
            n += 1;
            of(n % 5 + 1, 1)
        });
        residuals.push(AnyTensor::new(&dims, data.collect()).unwrap().into());
    }
    let dx = halves.backward.run(&residuals).unwrap();
    [tensors(&y), tensors(&dx)]
}

/// The outputs of steps, joined.
fn stacked<A: Clone>(values: &[AnyTensor<A>]) -> Vec<A> {
    values
        .iter()
        .flat_map(|value| value.as_slice().to_vec())
        .collect()
}

#[test]
fn a_scan_of_1000_steps_is_1000_calls() {
    for reverse in [false, true] {
        let x = inputs(1000, q);
        let [y, dx] = both_ways(&looped(1000, reverse), &x, &q);
        let [z, dz] = both_ways(&called(1000, reverse), &x, &q);
        assert_eq!(stacked(&y), stacked(&z));
        assert_eq!(dx, dz);
    }
}

#[test]
fn one_instruction_forward_and_backward() {
    let program = looped(1000, false);
    let halves = vjp(&program, &[true; 3], &[true; 2]).unwrap();
    let loops = |program: &Program| {
        let all = program.instructions().iter();
        all.filter(|i| matches!(i.prim, Prim::Scan(_))).count()
    };
    assert_eq!((loops(&halves.forward), loops(&halves.backward)), (1, 1));
    assert!(
        halves.forward.instructions().len() <= 2,
        "{}",
        halves.forward
    );
    assert!(
        halves.backward.instructions().len() <= 4,
        "{}",
        halves.backward
    );
    let tangent = jvp(&program, &[true; 3]).unwrap().program;
    assert_eq!((loops(&tangent), tangent.instructions().len()), (1, 1));
    assert_eq!(
        inline(&halves.backward).unwrap().primitives(),
        inline(
            &vjp(&looped(10, false), &[true; 3], &[true; 2])
                .unwrap()
                .backward
        )
        .unwrap()
        .primitives()
    );
}

/// What a call in a step keeps of a constant of the loop is that constant, which is not stacked.
#[test]
fn constants_of_calls_are_not_stacked() {
    let program: Program = "cotangent program 1
function 0 turned {
  %0 w: [2, 2]
  %1 s: [2]
  %2 [2] = contract([0, 1], [1], [0]) %0 %1
  return %2
}
function 1 step {
  %0 w: [2, 2]
  %1 s: [2]
  %2 [2] = call(f0) %0 %1
  return %2
}
%0 w: [2, 2]
%1 s: [2]
%2 [2] = scan(f1, 3, 1, 1, [], []) %0 %1
return %2
"
    .parse()
    .unwrap();
    let vjp = vjp(&program, &[true, true], &[true]).unwrap();
    let kept = &vjp.forward.outputs()[1..];
    let dims: Vec<Vec<usize>> = kept
        .iter()
        .map(|&id| vjp.forward.types()[id].dims().to_vec())
        .collect();
    // The weights themselves, and the state before each step.
    assert_eq!(kept[0], 0);
    assert_eq!(dims, [vec![2, 2], vec![3, 2]]);
}

/// Values given or returned as a list are the same, without a stack.
#[test]
fn listed_is_stacked() {
    let length = 4;
    let x = inputs(length, q);
    let rows: Vec<Value<Q>> = tensors(&x)[2]
        .as_slice()
        .chunks(2)
        .map(|row| AnyTensor::new(&[2], row.to_vec()).unwrap().into())
        .collect();
    let listed = [vec![Dims::new(&[2, 2])], vec![Dims::new(&[2]); 1 + length]].concat();
    let mut program = Program::new(&listed);
    let ids: Vec<usize> = (0..listed.len()).collect();
    let first = program
        .push(scan(length, Steps::Listed, Steps::Listed, false), &ids)
        .unwrap();
    program
        .set_outputs(&(first..first + 1 + length).collect::<Vec<_>>())
        .unwrap();
    let [y, dx] = both_ways(&looped(length, false), &x, &q);
    let [z, dz] = both_ways(&program, &[&x[..2], &rows].concat(), &q);
    assert_eq!(stacked(&y), stacked(&z));
    assert_eq!(dx[..2], dz[..2]);
    assert_eq!(dx[2].as_slice(), stacked(&dz[2..]));
}

/// Forward over reverse: the second derivative of the loop is that of the calls.
#[test]
fn second_derivatives() {
    let of = |program: &Program| {
        let outputs = program.outputs().len();
        let halves = vjp(program, &[true; 3], &vec![true; outputs]).unwrap();
        let inputs = halves.backward.inputs().len();
        (
            halves.forward,
            jvp(&halves.backward, &vec![true; inputs]).unwrap().program,
        )
    };
    // Of the last state only, so that both take the same cotangents.
    let last = |mut program: Program| {
        let outputs = program.outputs()[..1].to_vec();
        program.set_outputs(&outputs).unwrap();
        program
    };
    let run = |program: Program| {
        // The gradient as a program of x and dy, and its tangent in a direction.
        let (forward, _) = of(&program);
        let halves = vjp(&program, &[true; 3], &[true]).unwrap();
        let mut whole = Program::new(&[program.inputs(), &[Dims::new(&[2]).into()]].concat());
        let call = |program: &Program| Call {
            function: Function::new("half", program.clone(), None),
            checkpoint: false,
        };
        let first = whole.push(call(&forward), &[0, 1, 2]).unwrap();
        let residuals = forward.outputs().len() - 1;
        let mut arguments: Vec<usize> = (first + 1..first + 1 + residuals).collect();
        arguments.push(3);
        let dx = whole.push(call(&halves.backward), &arguments).unwrap();
        whole.set_outputs(&[dx, dx + 1, dx + 2]).unwrap();
        let tangent = jvp(&whole, &[true; 4]).unwrap().program;
        let x = inputs(5, q);
        let dy: Value<Q> = AnyTensor::new(&[2], vec![q(1, 1), q(3, 1)]).unwrap().into();
        let all = [x.as_slice(), &[dy]].concat();
        let changes: Vec<Value<Q>> = all
            .iter()
            .map(|value| {
                let dims = value.dims().clone();
                let data = (0..dims.count()).map(|i| q(i as i64 % 3 - 1, 2)).collect();
                AnyTensor::new(&dims, data).unwrap().into()
            })
            .collect();
        tensors(&tangent.run(&[all, changes].concat()).unwrap())
    };
    assert_eq!(run(last(looped(5, false))), run(last(called(5, false))));
}

/// The same loop over other scalars: residues, random points, intervals, duals.
#[test]
fn every_interpreter() {
    fn agree<A: Sample>(of: impl Fn(i64, i64) -> A) {
        let x = inputs(20, &of);
        let [y, dx] = both_ways(&looped(20, false), &x, &of);
        let [z, dz] = both_ways(&called(20, false), &x, &of);
        assert_eq!(stacked(&y), stacked(&z));
        assert_eq!(dx, dz);
    }
    use cotangent::scalar::{Field, Literal};
    fn ratio<A: Field>(n: i64, d: i64) -> A {
        A::from_literal(Literal::ratio(n, d.unsigned_abs()))
    }
    agree(ratio::<f64>);
    agree(ratio::<f32>);
    agree(ratio::<Oracle>);
    agree(ratio::<Q>);
    // These have no samples: compared the same way.
    let x = inputs(20, ratio::<Modular>);
    assert_eq!(
        both_ways(&looped(20, false), &x, &ratio),
        both_ways_joined(&called(20, false), &x, &ratio)
    );
    let x = inputs(20, ratio::<Interval>);
    assert_eq!(
        both_ways(&looped(20, false), &x, &ratio),
        both_ways_joined(&called(20, false), &x, &ratio)
    );
    let x = inputs(20, ratio::<Dual<Q>>);
    assert_eq!(
        both_ways(&looped(20, false), &x, &ratio),
        both_ways_joined(&called(20, false), &x, &ratio)
    );
}

/// 1,000 steps over terms: the state is a term 1,000 functions deep, the same by the loop and by the calls.
#[test]
fn a_thousand_steps_over_terms() {
    let run = || {
        let length = 1000;
        let body = {
            let mut body = Program::new(&[Dims::new(&[]), Dims::new(&[])]);
            let sum = body.push(Binary::Add, &[0, 1]).unwrap();
            let next = body.push(Unary::Tanh, &[sum]).unwrap();
            body.set_outputs(&[next]).unwrap();
            Function::new("deeper", body, None)
        };
        let mut looped = Program::new(&[Dims::new(&[]), Dims::new(&[length])]);
        let scan = Scan {
            body: Arc::clone(&body),
            length,
            constants: 0,
            carried: 1,
            inputs: [Steps::Stacked].into(),
            outputs: [].into(),
            reverse: false,
        };
        let last = looped.push(scan, &[0, 1]).unwrap();
        looped.set_outputs(&[last]).unwrap();
        let mut called = Program::new(&[Dims::new(&[]), Dims::new(&[length])]);
        let mut state = 0;
        for start in 0..length {
            let part = called
                .push(
                    Slice {
                        axis: 0,
                        start,
                        len: 1,
                    },
                    &[1],
                )
                .unwrap();
            let x = called
                .push(cotangent::program::Reshape(Dims::new(&[])), &[part])
                .unwrap();
            let call = Call {
                function: Arc::clone(&body),
                checkpoint: false,
            };
            state = called.push(call, &[state, x]).unwrap();
        }
        called.set_outputs(&[state]).unwrap();
        let names = (0..length).map(|i| Term::indeterminate(&format!("x{i}")));
        let x: Vec<Value<Term>> = vec![
            AnyTensor::scalar(Term::indeterminate("s")).into(),
            AnyTensor::new(&[length], names.collect()).unwrap().into(),
        ];
        assert_eq!(looped.run(&x).unwrap(), called.run(&x).unwrap());
    };
    std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(run)
        .unwrap()
        .join()
        .unwrap();
}

/// `both_ways` with the outputs of steps joined, as the loop has them.
fn both_ways_joined<A: Semiring>(
    program: &Program,
    x: &[Value<A>],
    of: &impl Fn(i64, i64) -> A,
) -> [Vec<AnyTensor<A>>; 2] {
    let [y, dx] = both_ways(program, x, of);
    let joined = AnyTensor::new(&[y.len() - 1, 2], stacked(&y[1..])).unwrap();
    [vec![y[0].clone(), joined], dx]
}

/// A loop whose state is tanh of a sum: 10,000 steps, built, differentiated twice, run and dropped in a small stack.
#[test]
fn ten_thousand_steps_in_a_small_stack() {
    let run = || {
        let length = 10_000;
        let mut body = Program::new(&[Dims::new(&[3]), Dims::new(&[3])]);
        let sum = body.push(Binary::Add, &[0, 1]).unwrap();
        let next = body.push(Unary::Tanh, &[sum]).unwrap();
        body.set_outputs(&[next]).unwrap();
        let mut program = Program::new(&[Dims::new(&[3]), Dims::new(&[length, 3])]);
        let scan = Scan {
            body: Function::new("step", body, None),
            length,
            constants: 0,
            carried: 1,
            inputs: [Steps::Stacked].into(),
            outputs: [].into(),
            reverse: false,
        };
        let last = program.push(scan, &[0, 1]).unwrap();
        program.set_outputs(&[last]).unwrap();
        let halves = vjp(&program, &[true; 2], &[true]).unwrap();
        let x: Vec<Value<f64>> = vec![
            AnyTensor::full(Dims::new(&[3]), 0.5).into(),
            AnyTensor::full(Dims::new(&[length, 3]), 1e-3).into(),
        ];
        let mut y = halves.forward.run(&x).unwrap();
        let mut residuals = y.split_off(1);
        residuals.push(AnyTensor::full(Dims::new(&[3]), 1.0).into());
        let dx = halves.backward.run(&residuals).unwrap();
        let last = dx[1].tensor().unwrap().as_slice()[3 * length - 1];
        let y = y[0].tensor().unwrap().as_slice()[2];
        assert!((last - (1.0 - y * y)).abs() < 1e-15, "{last}");
        let tangent = jvp(
            &halves.backward,
            &vec![true; halves.backward.inputs().len()],
        )
        .unwrap();
        assert!(tangent.program.instructions().len() < 10);
    };
    std::thread::Builder::new()
        .stack_size(512 << 10)
        .spawn(run)
        .unwrap()
        .join()
        .unwrap();
}
