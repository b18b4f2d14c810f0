//! Values that are not scalars of the run: indices, precisions, constants.

use cotangent::prelude::*;
use cotangent::program::{
    ArgMax, ArgMin, Binary, Cast, Compare, Constant, Elements, Gather, Iota, Literal, OneHot, Prim,
    Program, ProgramError, Type, Unary, Value, jvp, vjp,
};
use cotangent::prove::Term;
use cotangent::scalar::{Comparison, Interval, Precision};
use cotangent::tensor::{Dims, Indices, Key};
use num_rational::BigRational as Q;

fn tensor<A: cotangent::scalar::Semiring>(dims: &[usize], data: Vec<A>) -> Value<A> {
    AnyTensor::new(dims, data).unwrap().into()
}

/// What a program of one instruction gives.
fn run<A: cotangent::scalar::Semiring>(
    prim: impl Into<Prim>,
    x: &[Value<A>],
) -> Result<Value<A>, ProgramError> {
    let mut program = Program::new(&x.iter().map(Value::ty).collect::<Vec<_>>());
    let y = program.push(prim, &(0..x.len()).collect::<Vec<_>>())?;
    program.set_outputs(&[y])?;
    Ok(program.run(x)?.swap_remove(0))
}

fn indices<A>(dims: &[usize], below: usize, data: &[usize]) -> Value<A> {
    Indices::new(dims, below, data.to_vec()).unwrap().into()
}

#[test]
fn comparisons_of_floats() {
    let nan = f64::NAN;
    let x = tensor(&[5], vec![1.0, 2.0, 2.0, nan, 0.0]);
    let y = tensor(&[5], vec![2.0, 2.0, 1.0, nan, -0.0]);
    let holds = |f| run(Compare(f), &[x.clone(), y.clone()]).unwrap();
    assert_eq!(holds(Comparison::Less), indices(&[5], 2, &[1, 0, 0, 0, 0]));
    assert_eq!(
        holds(Comparison::LessEqual),
        indices(&[5], 2, &[1, 1, 0, 0, 1])
    );
    assert_eq!(holds(Comparison::Equal), indices(&[5], 2, &[0, 1, 0, 0, 1]));
    let rows = tensor(
        &[3, 3],
        vec![1.0, 3.0, 3.0, nan, 9.0, nan, -1.0, -2.0, -2.0],
    );
    assert_eq!(
        run(ArgMax(1), std::slice::from_ref(&rows)).unwrap(),
        indices(&[3], 3, &[1, 0, 0])
    );
    assert_eq!(
        run(ArgMin(1), &[rows]).unwrap(),
        indices(&[3], 3, &[0, 0, 1])
    );
}

/// Intervals that overlap are not compared: that is an error, not a guess. Terms draw.
#[test]
fn comparisons_that_cannot_be_decided() {
    let interval = |low: f64, high: f64| Interval::new(low, high).unwrap();
    let x = tensor(&[2], vec![interval(0.0, 1.0), interval(0.0, 2.0)]);
    let y = tensor(&[2], vec![interval(2.0, 3.0), interval(1.0, 3.0)]);
    let error = run(Compare(Comparison::Less), &[x, y]).unwrap_err();
    assert_eq!(error.to_string(), "`less` cannot decide at element 1");
    let [x, y] = ["x", "y"].map(|name| tensor(&[], vec![Term::indeterminate(name)]));
    let once = run(Compare(Comparison::Less), &[x.clone(), y.clone()]).unwrap();
    assert_eq!(
        run(Compare(Comparison::Less), &[x.clone(), y]).unwrap(),
        once
    );
    assert_eq!(
        run(Compare(Comparison::Equal), &[x.clone(), x]).unwrap(),
        indices(&[], 2, &[1])
    );
}

/// The rows of a table that are the largest somewhere: indices flow from one instruction to the next, and stop derivatives.
#[test]
fn indices_are_values() {
    let mut program = Program::new(&[Dims::new(&[2, 3]), Dims::new(&[3])]);
    let best = program.push(ArgMax(1), &[0]).unwrap();
    let chosen = program
        .push(Gather { batch: 0, axis: 0 }, &[1, best])
        .unwrap();
    let spread = program.push(OneHot(3), &[best]).unwrap();
    program.set_outputs(&[chosen, spread]).unwrap();
    assert_eq!(program.ty(best).unwrap().to_string(), "[2] < 3");
    let scores = tensor(&[2, 3], vec![1.0, 5.0, 2.0, 7.0, 0.0, 3.0]);
    let table = tensor(&[3], vec![10.0, 20.0, 30.0]);
    let y = program.run(&[scores.clone(), table.clone()]).unwrap();
    assert_eq!(y[0], tensor(&[2], vec![20.0, 10.0]));
    assert_eq!(y[1], tensor(&[2, 3], vec![0.0, 1.0, 0.0, 1.0, 0.0, 0.0]));
    let tangent = jvp(&program, &[true, true]).unwrap();
    assert_eq!(tangent.tangents, [true, false]);
    let halves = vjp(&program, &[true, true], &[true, true]).unwrap();
    let mut residuals = halves.forward.run(&[scores, table]).unwrap().split_off(2);
    residuals.extend([tensor(&[2], vec![1.0, 2.0]), tensor(&[2, 3], vec![9.0; 6])]);
    let dx = halves.backward.run(&residuals).unwrap();
    assert_eq!(
        dx,
        [
            tensor(&[2, 3], vec![0.0; 6]),
            tensor(&[3], vec![2.0, 1.0, 0.0])
        ]
    );
}

/// A bound is part of a type: what is not below it is refused when the program is built.
#[test]
fn bounds_are_types() {
    let index = |below| Type::Index {
        dims: Dims::new(&[2]),
        below,
    };
    let gather = |below| {
        let mut program = Program::new(&[Type::scalar(Dims::new(&[3, 4])), index(below)]);
        program.push(Gather { batch: 0, axis: 0 }, &[0, 1])
    };
    assert!(gather(3).is_ok() && gather(2).is_ok());
    assert!(gather(4).is_err());
    let mut program = Program::new(&[index(3)]);
    let y = program.push(OneHot(3), &[0]).unwrap();
    program.set_outputs(&[y]).unwrap();
    let error = program
        .run::<f64>(&[indices(&[2], 4, &[0, 1])])
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "input 0 of the program is [2] < 3, got [2] < 4"
    );
}

/// A value of single precision is rounded after every instruction, in a run over doubles; casts are linear.
#[test]
fn single_precision_in_a_run_over_doubles() {
    let single = |x: f64| f64::from(x as f32);
    let mut program = Program::new(&[Dims::new(&[2])]);
    let x = program.push(Cast(Precision::Single), &[0]).unwrap();
    let square = program.push(Binary::Mul, &[x, x]).unwrap();
    let root = program.push(Unary::Exp, &[square]).unwrap();
    let back = program.push(Cast(Precision::Run), &[root]).unwrap();
    program.set_outputs(&[root, back]).unwrap();
    assert_eq!(program.ty(square).unwrap().to_string(), "single [2]");
    let x = [0.1, 1.0 / 3.0];
    let y = program.run(&[tensor(&[2], x.to_vec())]).unwrap();
    let expected: Vec<f64> = x
        .iter()
        .map(|&x| single(single(single(x) * single(x)).exp()))
        .collect();
    assert_eq!(y, [tensor(&[2], expected.clone()), tensor(&[2], expected)]);
    // Mixed precisions do not fit; the cotangent comes back in the precision of the input.
    let mut mixed = program.clone();
    assert!(mixed.push(Binary::Add, &[0, square]).is_err());
    let halves = vjp(&program, &[true], &[false, true]).unwrap();
    assert_eq!(
        halves.backward.output_types(),
        [Type::scalar(Dims::new(&[2]))]
    );
    // Exact scalars do not round.
    let third = Q::new(1.into(), 3.into());
    let y = run(Cast(Precision::Single), &[tensor(&[], vec![third.clone()])]).unwrap();
    assert_eq!(y, tensor(&[], vec![third]));
}

/// Constants keep doubles by their bits, and ratios exactly.
#[test]
fn constants() {
    let literals = [
        Literal::ratio(1, 3),
        Literal::real(-0.0),
        Literal::real(0.1),
    ];
    let constant = |elements| Constant {
        dims: Dims::new(&[3]),
        elements,
    };
    let value = run::<f64>(constant(Elements::Scalars(literals.to_vec())), &[]).unwrap();
    let bits: Vec<u64> = value
        .tensor()
        .unwrap()
        .as_slice()
        .iter()
        .map(|x| x.to_bits())
        .collect();
    assert_eq!(bits, [1.0 / 3.0, -0.0, 0.1].map(f64::to_bits));
    let exact = run::<Q>(constant(Elements::Scalars(literals.to_vec())), &[]).unwrap();
    assert_eq!(
        exact.tensor().unwrap().as_slice()[0],
        Q::new(1.into(), 3.into())
    );
    let elements = Elements::Indices {
        below: 9,
        elements: vec![8, 0, 3],
    };
    assert_eq!(
        run::<f64>(constant(elements), &[]).unwrap(),
        indices(&[3], 9, &[8, 0, 3])
    );
    let keys = [1, 2, 3].map(Key::new).to_vec();
    let value = run::<f64>(constant(Elements::Keys(keys.clone())), &[]).unwrap();
    assert_eq!(value, Value::Key(AnyTensor::new(&[3], keys).unwrap()));
    assert_ne!(
        constant(Elements::Scalars(vec![Literal::real(0.0); 3])),
        constant(Elements::Scalars(vec![Literal::real(-0.0); 3]))
    );
    assert_eq!(
        run::<f64>(Iota(Dims::new(&[2, 2]), 1), &[]).unwrap(),
        indices(&[2, 2], 2, &[0, 1, 0, 1])
    );
}
