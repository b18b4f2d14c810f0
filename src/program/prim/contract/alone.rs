//! For tests of families: programs of a few instructions, run one by one without an interpreter.

use crate::program::builder::{Builder, Transform};
use crate::program::input::Input;
use crate::program::primitive::{Batched, Change, Fault, Interpreter, Pullback};
use crate::program::syntax::{Prim, Program};
use crate::program::{Degree, ProgramError};
use crate::scalar::Semiring;
use crate::tensor::{AnyTensor, Dims, Type, Value};
use num_rational::BigRational;

/// There are no calls and no loops here.
struct Nothing;

impl<A> Interpreter<A> for Nothing {
    fn run(&self, _: &Program, _: Vec<Value<A>>) -> Result<Vec<Value<A>>, ProgramError> {
        unreachable!("no call")
    }
}

impl Transform for Nothing {
    fn jvp(&self, _: &Program, _: &[bool]) -> Result<(Program, Vec<bool>), ProgramError> {
        unreachable!("no call")
    }
    fn vjp(&self, _: &Program, _: &[bool], _: &[bool]) -> Result<(Program, Program), ProgramError> {
        unreachable!("no call")
    }
    fn batch(
        &self,
        _: &Program,
        _: &[bool],
        _: usize,
    ) -> Result<(Program, Vec<bool>), ProgramError> {
        unreachable!("no call")
    }
    fn active(&self, _: &Program, _: &[bool]) -> Vec<bool> {
        unreachable!("no call")
    }
}

/// The outputs of a program.
pub fn run<A: Semiring>(program: &Program, inputs: &[Value<A>]) -> Vec<Value<A>> {
    let mut values = inputs.to_vec();
    for instruction in program.instructions() {
        let x: Vec<&Value<A>> = instruction
            .arguments
            .iter()
            .map(|&id| &values[id])
            .collect();
        let y = match instruction.prim.run(&x, &instruction.results, &Nothing) {
            Ok(y) => y,
            Err(Fault::Level) => panic!("level of {}", instruction.prim),
            Err(Fault::Inside(error)) => panic!("{error}"),
            Err(Fault::Undefined | Fault::Division { .. } | Fault::Undecided { .. }) => {
                panic!("{} is undefined", instruction.prim)
            }
        };
        assert_eq!(y.len(), instruction.results.len());
        for (y, ty) in y.iter().zip(&instruction.results) {
            assert!(y.fits(ty), "{} gave {}, not {ty}", instruction.prim, y.ty());
        }
        values.extend(y);
    }
    program
        .outputs()
        .iter()
        .map(|&id| values[id].clone())
        .collect()
}

/// A program with inputs of these types that `write` writes: it takes their ids and gives those of the outputs.
pub fn program(
    types: &[Type],
    write: impl FnOnce(&mut Builder, &[usize]) -> Result<Vec<usize>, ProgramError>,
) -> Program {
    let mut b = Builder::new(&Nothing);
    let x: Vec<usize> = types
        .iter()
        .map(|ty| b.input(Input::new(ty.clone())))
        .collect();
    let y = write(&mut b, &x).unwrap();
    b.finish(&x, &y).unwrap()
}

/// The one result of a primitive.
pub fn apply<A: Semiring>(prim: impl Into<Prim>, x: &[Value<A>]) -> Value<A> {
    let types: Vec<Type> = x.iter().map(Value::ty).collect();
    run(&program(&types, |b, x| b.push_all(prim, x)), x).remove(0)
}

/// The tangent of the one result: `dx` is at the scalars that have one.
pub fn jvp<A: Semiring>(prim: &Prim, x: &[Value<A>], dx: &[Option<Value<A>>]) -> Option<Value<A>> {
    let given: Vec<Value<A>> = x.iter().chain(dx.iter().flatten()).cloned().collect();
    let types: Vec<Type> = given.iter().map(Value::ty).collect();
    let mut zero = false;
    let program = program(&types, |b, ids| {
        let mut next = x.len()..;
        let dx: Vec<Change> = dx
            .iter()
            .map(|dx| dx.as_ref().and_then(|_| next.next()))
            .collect();
        let (y, dy) = prim.jvp(b, &ids[..x.len()], &dx)?;
        zero = dy[0].is_none();
        Ok(vec![dy[0].unwrap_or(y[0])])
    });
    let dy = run(&program, &given).remove(0);
    (!zero).then_some(dy)
}

/// The cotangents of the arguments.
pub fn vjp<A: Semiring>(
    prim: &Prim,
    x: &[Value<A>],
    wanted: &[bool],
    dy: &Value<A>,
) -> Vec<Option<Value<A>>> {
    let given: Vec<Value<A>> = x.iter().chain([dy]).cloned().collect();
    let types: Vec<Type> = given.iter().map(Value::ty).collect();
    let mut found = Vec::new();
    let program = program(&types, |b, ids| {
        let (x, dy) = (&ids[..x.len()], ids[x.len()]);
        let (y, residuals) = prim.split(b, x, wanted, &[true])?;
        let at = Pullback {
            x,
            y: &y,
            residuals: &residuals,
            wanted,
            given: &[true],
        };
        let dx = prim.vjp(b, &at, &[Some(dy)])?;
        found = dx.iter().map(Option::is_some).collect();
        Ok(dx.into_iter().flatten().collect())
    });
    let mut dx = run(&program, &given).into_iter();
    found
        .into_iter()
        .map(|found| found.then(|| dx.next().unwrap()))
        .collect()
}

/// The one result under a batch, and whether it has the new axis.
pub fn batch<A: Semiring>(
    prim: &Prim,
    x: &[Value<A>],
    batched: &[bool],
    size: usize,
) -> (Value<A>, bool) {
    let types: Vec<Type> = x.iter().map(Value::ty).collect();
    let mut new = false;
    let program = program(&types, |b, x| {
        let x = x
            .iter()
            .zip(batched)
            .map(|(&id, &batched)| Batched { id, batched });
        let y = prim.batch(b, &x.collect::<Vec<_>>(), size)?;
        new = y[0].batched;
        Ok(vec![y[0].id])
    });
    (run(&program, x).remove(0), new)
}

/// Checks that the result under a batch has, for each sample, the result of the sample.
pub fn check_batch(prim: &Prim, x: &[Value<BigRational>], batched: &[bool], size: usize) {
    let (whole, new) = batch(prim, x, batched, size);
    assert!(new, "{prim}");
    assert_eq!(whole.dims()[0], size, "{prim}");
    for i in 0..size {
        let sample = x.iter().zip(batched).map(|(x, &batched)| match batched {
            true => entry(x, i),
            false => x.clone(),
        });
        let one = apply(prim.clone(), &sample.collect::<Vec<_>>());
        assert_eq!(entry(&whole, i), one, "{prim}, sample {i}");
    }
}

/// Entry `i` of the first axis.
pub fn entry<A: Clone>(x: &Value<A>, i: usize) -> Value<A> {
    let dims = Dims::new(&x.dims()[1..]);
    let part = i * dims.count()..(i + 1) * dims.count();
    match x {
        Value::Scalar(x) => Value::Scalar(AnyTensor::from_parts(dims, x.as_slice()[part].to_vec())),
        Value::Key(x) => Value::Key(AnyTensor::from_parts(dims, x.as_slice()[part].to_vec())),
        Value::Index(x) => {
            let tensor = AnyTensor::from_parts(dims, x.as_slice()[part].to_vec());
            Value::Index(crate::tensor::Indices::from_parts(x.below(), tensor))
        }
    }
}

/// The sum of the products of elements.
pub fn dot(x: &Value<BigRational>, y: &Value<BigRational>) -> BigRational {
    let (Some(x), Some(y)) = (x.tensor(), y.tensor()) else {
        panic!("scalars")
    };
    assert_eq!(x.dims(), y.dims());
    x.as_slice()
        .iter()
        .zip(y.as_slice())
        .map(|(x, y)| x * y)
        .sum()
}

/// Small fractions.
pub fn random(rng: &mut fastrand::Rng, dims: &[usize]) -> Value<BigRational> {
    let dims = Dims::new(dims);
    let mut draw = || BigRational::new(rng.i64(-9..10).into(), rng.i64(1..5).into());
    let data = (0..dims.count()).map(|_| draw()).collect();
    Value::Scalar(AnyTensor::from_parts(dims, data))
}

/// The text of a primitive's parameters read back, and what it is called with them.
pub fn check_text(prim: impl Into<Prim>, text: &str) {
    let prim = prim.into();
    assert_eq!(prim.to_string(), text);
    assert_eq!(Prim::parse(&prim.name(), &prim.parameters()), Some(prim));
}

/// The degrees of the one result, where all arguments are indeterminates.
pub fn degree(prim: impl Into<Prim>, x: &[Type]) -> Degree {
    let prim = prim.into();
    let y = prim.types(x).unwrap();
    let site = crate::program::primitive::Site { x, y: &y };
    prim.degrees(&vec![Degree::VARIABLE; x.len()], &site)
        .results[0]
}
