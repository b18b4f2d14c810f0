//! Runs a primitive alone, its batches and its derivatives, exactly: for the tests of the families.

use crate::program::parameter::Parameter;
use crate::program::primitive::{Interpreter, Primitive};
use crate::program::syntax::{Prim, Program};
use crate::program::transform::{batch, jvp, vjp};
use crate::program::{Input, ProgramError};
use crate::scalar::Semiring;
use crate::tensor::{AnyTensor, Dims, Indices, Key, Type, Value};
use num_rational::BigRational;

/// These primitives have no programs inside.
struct Nothing;

impl<A> Interpreter<A> for Nothing {
    fn run(&self, _: &Program, _: Vec<Value<A>>) -> Result<Vec<Value<A>>, ProgramError> {
        unreachable!("no calls and no loops")
    }
}

/// The outputs of a program.
pub(super) fn run<A: Semiring>(program: &Program, inputs: &[Value<A>]) -> Vec<Value<A>> {
    let mut values = inputs.to_vec();
    for instruction in program.instructions() {
        let x: Vec<_> = instruction
            .arguments
            .iter()
            .map(|&id| &values[id])
            .collect();
        let Ok(y) = instruction.prim.run(&x, &instruction.results, &Nothing) else {
            panic!("{} does not run", instruction.prim);
        };
        for (y, ty) in y.iter().zip(&instruction.results) {
            assert!(
                y.fits(ty),
                "{} gives another type than {ty}",
                instruction.prim
            );
        }
        values.extend(y);
    }
    program
        .outputs()
        .iter()
        .map(|&id| values[id].clone())
        .collect()
}

/// The program of one primitive.
pub(super) fn program(prim: impl Into<Prim>, x: &[Type]) -> Result<Program, ProgramError> {
    let inputs: Vec<_> = x.iter().cloned().map(Input::new).collect();
    let mut program = Program::new(&inputs);
    let y = program.push(prim, &(0..x.len()).collect::<Vec<_>>())?;
    program.set_outputs(&[y])?;
    Ok(program)
}

/// What a primitive makes of numbers: its dims and elements.
pub(super) fn at(prim: impl Into<Prim>, x: &[(&[usize], &[i32])]) -> (Vec<usize>, Vec<i32>) {
    let tensor = |(dims, data): &(&[usize], &[i32])| {
        let data = data.iter().map(|&x| f64::from(x)).collect();
        Value::Scalar(AnyTensor::new(dims, data).unwrap())
    };
    let x: Vec<Value<f64>> = x.iter().map(tensor).collect();
    let types: Vec<_> = x.iter().map(Value::ty).collect();
    let y = run(&program(prim, &types).unwrap(), &x).swap_remove(0);
    let data = match &y {
        Value::Scalar(y) => y.as_slice().iter().map(|&y| y as i32).collect(),
        Value::Index(y) => y.as_slice().iter().map(|&y| y as i32).collect(),
        Value::Key(_) => panic!("keys are no numbers"),
    };
    (y.dims().to_vec(), data)
}

/// Scalars of these dims, and indices below 5 and keys.
pub(super) fn kinds(dims: &[usize]) -> [Type; 3] {
    let dims = Dims::new(dims);
    [
        Type::scalar(dims.clone()),
        Type::Index {
            dims: dims.clone(),
            below: 5,
        },
        Type::Key(dims),
    ]
}

fn ratio(n: i64, d: i64) -> BigRational {
    BigRational::new(n.into(), d.into())
}

/// A value of this type, all elements different where they can be.
fn some(ty: &Type, seed: usize) -> Value<BigRational> {
    let count = ty.dims().count();
    let number = |i: usize| (i * 7 + seed * 31 + 3) * 541 % 1009;
    let dims = ty.dims().clone();
    match ty {
        Type::Scalar(..) => {
            let data = (0..count)
                .map(|i| ratio(number(i) as i64 - 500, 7))
                .collect();
            Value::Scalar(AnyTensor::from_parts(dims, data))
        }
        &Type::Index { below, .. } => {
            let data = (0..count).map(|i| number(i) % below).collect();
            Value::Index(Indices::from_parts(
                below,
                AnyTensor::from_parts(dims, data),
            ))
        }
        Type::Key(_) => {
            let data = (0..count).map(|i| Key::new(number(i) as u64)).collect();
            Value::Key(AnyTensor::from_parts(dims, data))
        }
    }
}

/// One sample of a batch.
fn sample<A: Clone>(x: &Value<A>, i: usize) -> Value<A> {
    fn part<E: Clone>(x: &AnyTensor<E>, i: usize) -> AnyTensor<E> {
        let dims = Dims::new(&x.dims()[1..]);
        let count = dims.count();
        AnyTensor::from_parts(dims, x.as_slice()[i * count..(i + 1) * count].to_vec())
    }
    match x {
        Value::Scalar(x) => Value::Scalar(part(x, i)),
        Value::Index(x) => Value::Index(Indices::from_parts(x.below(), part(x.tensor(), i))),
        Value::Key(x) => Value::Key(part(x, i)),
    }
}

/// A program over a batch gives for each sample what the program gives, whichever inputs have the new axis.
fn check_batches(program: &Program) {
    const SIZE: usize = 3;
    let types = program.input_types();
    for subset in 1..1 << types.len() {
        let flags: Vec<_> = (0..types.len()).map(|i| subset >> i & 1 == 1).collect();
        let input = |(i, (ty, &batched)): (usize, (&Type, &bool))| {
            let leading = if batched { &[SIZE][..] } else { &[] };
            let dims = leading.iter().chain(ty.dims().iter()).copied().collect();
            some(&ty.with_dims(dims), i)
        };
        let inputs: Vec<_> = types.iter().zip(&flags).enumerate().map(input).collect();
        let batch = batch(program, &flags, SIZE).unwrap();
        assert_eq!(batch.batched, [true]);
        let y = run(&batch.program, &inputs).swap_remove(0);
        assert_eq!(y.dims()[0], SIZE);
        for i in 0..SIZE {
            let one = |(x, &batched): (&Value<_>, &bool)| match batched {
                true => sample(x, i),
                false => x.clone(),
            };
            let inputs: Vec<_> = inputs.iter().zip(&flags).map(one).collect();
            assert_eq!(sample(&y, i), run(program, &inputs)[0], "{program:?}");
        }
    }
}

/// `x + factor * y`, of scalars.
fn sum(x: &Value<BigRational>, factor: &BigRational, y: &Value<BigRational>) -> Value<BigRational> {
    let (Some(x), Some(y)) = (x.tensor(), y.tensor()) else {
        return x.clone();
    };
    let pairs = x.as_slice().iter().zip(y.as_slice());
    let data = pairs.map(|(x, y)| x + factor * y).collect();
    Value::Scalar(AnyTensor::from_parts(x.dims().clone(), data))
}

fn inner_product(x: &Value<BigRational>, y: &Value<BigRational>) -> BigRational {
    let pairs = x
        .tensor()
        .unwrap()
        .as_slice()
        .iter()
        .zip(y.tensor().unwrap().as_slice());
    pairs.map(|(x, y)| x * y).sum()
}

/// For a function that is linear near some point, such as a maximum: `f(x + ε dx) = f(x) + ε J dx` and
/// `dy · J dx = Jᵀ dy · dx`, for all arguments together and for each alone.
fn check_derivatives(program: &Program) {
    let types = program.input_types();
    let x: Vec<_> = types
        .iter()
        .enumerate()
        .map(|(i, ty)| some(ty, i))
        .collect();
    let all: Vec<_> = types
        .iter()
        .enumerate()
        .map(|(i, ty)| some(ty, 50 + i))
        .collect();
    let y = run(program, &x).swap_remove(0);
    let dy = some(&y.ty(), 99);
    let one = |one: usize| (0..types.len()).map(|i| i == one).collect();
    let each = (0..types.len()).map(one);
    for flags in each.chain([vec![true; types.len()]]) {
        let chosen = all.iter().zip(&flags).filter(|(_, flag)| **flag);
        let dx: Vec<_> = chosen.map(|(dx, _)| dx.clone()).collect();
        let jvp = jvp(program, &flags).unwrap();
        assert_eq!(jvp.tangents, [true]);
        let [same, tangent] = &run(&jvp.program, &[x.as_slice(), &dx].concat())[..] else {
            panic!("a value and a tangent");
        };
        assert_eq!(*same, y);
        let small = ratio(1, 1_000_000);
        let moved = |((x, dx), &flag): ((&Value<_>, &Value<_>), &bool)| match flag {
            true => sum(x, &small, dx),
            false => x.clone(),
        };
        let there: Vec<_> = x.iter().zip(&all).zip(&flags).map(moved).collect();
        assert_eq!(
            run(program, &there)[0],
            sum(&y, &small, tangent),
            "{program:?}"
        );

        let vjp = vjp(program, &flags, &[true]).unwrap();
        let mut values = run(&vjp.forward, &x);
        assert_eq!(values.remove(0), y);
        values.push(dy.clone());
        let cotangents = run(&vjp.backward, &values);
        assert_eq!(cotangents.len(), dx.len());
        let pairs = cotangents.iter().zip(&dx);
        let pulled: BigRational = pairs
            .map(|(cotangent, dx)| inner_product(cotangent, dx))
            .sum();
        assert_eq!(pulled, inner_product(&dy, tangent), "{program:?}");
    }
}

/// All that can be checked without knowing what a primitive does: its text, batches and derivatives.
pub(super) fn check<P: Primitive + PartialEq + core::fmt::Debug>(prim: &P, x: &[Type]) {
    let program = program(prim.clone(), x).unwrap();
    let parameters: Vec<Parameter> = prim.parameters();
    let parsed = Prim::parse(&Primitive::name(prim), &parameters);
    assert_eq!(parsed, Some(prim.clone().into()));
    check_batches(&program);
    if x.iter().all(Type::is_scalar) && program.output_types()[0].is_scalar() {
        check_derivatives(&program);
    }
}
