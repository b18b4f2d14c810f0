//! Values that are possible, and for which there is no memory: the program says how many bytes it takes, and its run is an
//! error. It does not abort.

use cotangent::prelude::*;
use cotangent::program::{
    Broadcast, Call, Full, Function, Iota, Literal, Mask, Prim, Program, ProgramError, Reduce,
    Reduction, Scan, Steps, ToScalar, Type, Unary, Value,
};
use cotangent::prove::Term;
use cotangent::scalar::Interval;
use cotangent::tensor::{Dims, Key};
use std::sync::Arc;

const HUGE: usize = 1 << 40;

fn huge() -> Dims {
    Dims::new(&[HUGE])
}

fn third() -> Prim {
    Full(huge(), Literal::ratio(1, 3)).into()
}

/// A program of one scalar: itself, plus the sum of a huge value.
fn sum() -> Program {
    let mut program = Program::new(&[Dims::default()]);
    let full = program.push(third(), &[]).expect("it is possible");
    let sum = program.push(Reduce(Reduction::Sum, vec![0]), &[full]);
    let y = program.push(
        cotangent::program::Binary::Add,
        &[0, sum.expect("it has the axis")],
    );
    program
        .set_outputs(&[y.expect("two scalars")])
        .expect("it exists");
    program
}

fn of<A: Semiring>(program: &Program) -> Result<Vec<Value<A>>, ProgramError> {
    program.run(&[AnyTensor::full(Dims::default(), A::one()).into()])
}

/// That the program says its bytes, and that there is no memory for a result of this primitive.
fn check<A: Semiring>(program: &Program, prim: &Prim, element: usize) {
    let bytes = (HUGE * element) as u64;
    assert!(program.peak_bytes(size_of::<A>()) >= bytes);
    let error = of::<A>(program).map(|_| ()).unwrap_err();
    let prim = prim.to_string();
    let words = format!("there is no memory for the {bytes} bytes of `{prim}`");
    assert_eq!(error.to_string(), words);
    assert_eq!(error, ProgramError::Memory { prim, bytes });
}

#[test]
fn a_huge_value() {
    let program = sum();
    check::<f32>(&program, &third(), 4);
    check::<f64>(&program, &third(), 8);
    check::<Interval>(&program, &third(), size_of::<Interval>());
    check::<Term>(&program, &third(), size_of::<Term>());
    // The input, the value and its sum.
    assert_eq!(program.peak_bytes(8), 8 * (1 + (1 << 40) + 1));
    // Nothing is run before the first error, so also where the result is not used.
    let mut unused = program.clone();
    unused.set_outputs(&[0]).expect("it exists");
    check::<f64>(&unused, &third(), 8);
}

#[test]
fn made_by_other_primitives() {
    let broadcast = Broadcast(huge(), vec![]);
    let mask = Mask {
        dims: huge(),
        keep: 1 << 31,
    };
    let iota = Iota(huge(), 0);
    let cases: [(Prim, Option<Type>); 3] = [
        (broadcast.into(), Some(Type::scalar(Dims::default()))),
        (iota.into(), None),
        (mask.into(), Some(Type::Key(Dims::default()))),
    ];
    for (prim, input) in cases {
        let inputs: Vec<_> = input.into_iter().collect();
        let mut program = Program::new(&inputs);
        let ids: Vec<_> = (0..inputs.len()).collect();
        let y = program.push(prim.clone(), &ids).expect("it is possible");
        program.set_outputs(&[y]).expect("it exists");
        let values = inputs.iter().map(|ty| match ty {
            Type::Key(_) => Value::from(Key::new(1)),
            Type::Scalar(..) | Type::Index { .. } => AnyTensor::scalar(1.0).into(),
        });
        let error = program.run::<f64>(&values.collect::<Vec<_>>()).map(|_| ());
        let (prim, bytes) = (prim.to_string(), 8 << 40);
        assert_eq!(error, Err(ProgramError::Memory { prim, bytes }));
    }
}

fn function() -> Arc<Function> {
    Function::new("huge", sum(), None)
}

#[test]
fn inside_of_a_call() {
    for checkpoint in [false, true] {
        let call = Call {
            function: function(),
            checkpoint,
        };
        let mut program = Program::new(&[Dims::default()]);
        let y = program.push(call, &[0]).expect("it takes a scalar");
        program.set_outputs(&[y]).expect("it exists");
        check::<f64>(&program, &third(), 8);
        check::<f32>(&program, &third(), 4);
    }
}

#[test]
fn inside_of_a_loop() {
    for reverse in [false, true] {
        let scan = |length| Scan {
            body: function(),
            length,
            constants: 0,
            carried: 1,
            inputs: [].into(),
            outputs: [].into(),
            reverse,
        };
        let program = |length| {
            let mut program = Program::new(&[Dims::default()]);
            let y = program.push(scan(length), &[0]).expect("it takes a scalar");
            program.set_outputs(&[y]).expect("it exists");
            program
        };
        check::<f64>(&program(3), &third(), 8);
        // Of no steps there are no values.
        assert_eq!(program(0).peak_bytes(8), 16);
        let one: Value<f64> = AnyTensor::scalar(1.0).into();
        assert_eq!(of(&program(0)), Ok(vec![one]));
    }
    // A stack of many small values is one value.
    let mut body = Program::new(&[Dims::default()]);
    let y = body.push(Unary::Exp, &[0]).expect("one value");
    body.set_outputs(&[y, y]).expect("they exist");
    let scan = Scan {
        body: Function::new("body", body, None),
        length: HUGE,
        constants: 0,
        carried: 1,
        inputs: [].into(),
        outputs: [Steps::Stacked].into(),
        reverse: false,
    };
    let prim = Prim::from(scan);
    let mut program = Program::new(&[Dims::default()]);
    let y = program.push(prim.clone(), &[0]).expect("it takes a scalar");
    program.set_outputs(&[y + 1]).expect("it exists");
    check::<f64>(&program, &prim, 8);
}

/// What is not run takes no memory: a program over huge values is differentiated as others are.
#[test]
fn before_a_run() {
    let mut program = Program::new(&[huge()]);
    let y = program.push(Unary::Exp, &[0]).expect("one value");
    let sum = program.push(Reduce(Reduction::Sum, vec![0]), &[y]);
    program
        .set_outputs(&[sum.expect("it has the axis")])
        .expect("it exists");
    let halves = cotangent::program::vjp(&program, &[true], &[true]).expect("one flag each");
    assert!(halves.backward.peak_bytes(8) >= 8 << 40);
    let mut indices = Program::new::<Dims>(&[]);
    let iota = indices
        .push(Iota(Dims::new(&[3]), 0), &[])
        .expect("an axis");
    let y = indices.push(ToScalar, &[iota]).expect("indices");
    indices.set_outputs(&[y]).expect("it exists");
    let values: Value<f64> = AnyTensor::new(&[3], vec![0.0, 1.0, 2.0])
        .expect("three")
        .into();
    assert_eq!(indices.run(&[]), Ok(vec![values]));
    assert_eq!(indices.peak_bytes(4), (3 * size_of::<usize>() + 12) as u64);
}
