//! Whether two programs compute the same.

use crate::program::{Program, ProgramError};
use crate::prove::prove_equal;
use crate::scalar::{Boolean, Level, MinPlus, Modular, Sample, Semiring};
use crate::tensor::{AnyTensor, Indices, Key, Type, Value};
use num_rational::BigRational;

/// A program of its lines.
pub(super) fn program(lines: &str) -> Program {
    let lines: Vec<&str> = lines.lines().map(str::trim).collect();
    format!("cotangent program 1\n{}\n", lines.join("\n"))
        .parse()
        .unwrap()
}

/// Inputs that a program takes: scalars as `scalar` says, by the number of the input and of the element.
fn inputs<A: Semiring>(
    program: &Program,
    mut scalar: impl FnMut(usize, usize) -> A,
) -> Vec<Value<A>> {
    let input = |(i, ty): (usize, &Type)| {
        let count = ty.dims().count();
        match ty {
            Type::Scalar(dims, precision) => {
                let data = (0..count).map(|element| scalar(i, element).rounded(*precision));
                AnyTensor::new(dims, data.collect()).unwrap().into()
            }
            Type::Index { dims, below } => {
                let data = (0..count).map(|element| element % below).collect();
                Indices::new(dims, *below, data).unwrap().into()
            }
            Type::Key(dims) => {
                let data = (0..count).map(|element| Key::new(element as u64)).collect();
                Value::Key(AnyTensor::new(dims, data).unwrap())
            }
        }
    };
    program
        .input_types()
        .iter()
        .enumerate()
        .map(input)
        .collect()
}

/// Both give the same on indeterminates and over floats, by the bits, and over other scalars that have all that the first needs.
pub(super) fn assert_same(name: &str, one: &Program, other: &Program) {
    let proof = prove_equal(one, other).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(
        proof.laws.contains(&"programs_are_equal_bit_for_bit"),
        "{name}: {proof}"
    );
    let mut exact = 0;
    exact += usize::from(same_over::<BigRational>(name, one, other));
    exact += usize::from(same_over::<Modular>(name, one, other));
    exact += usize::from(same_over::<MinPlus>(name, one, other));
    exact += usize::from(same_over::<Boolean>(name, one, other));
    // No exact scalar has `exp`.
    assert!(exact > 0 || one.level() == Level::Real, "{name}");
}

/// Whether the scalar has all that the first program needs; then both give the same.
fn same_over<A: Sample>(name: &str, one: &Program, other: &Program) -> bool {
    if A::kernels().level() < one.level() {
        return false;
    }
    let mut rng = fastrand::Rng::with_seed(2);
    for _ in 0..5 {
        let x = inputs(one, |_, _| A::sample(&mut rng));
        match one.run(&x) {
            Ok(y) => assert_eq!(Ok(y), other.run(&x), "{name}: {x:?}"),
            Err(error) => assert!(
                matches!(error, ProgramError::Division { .. }),
                "{name}: {error}"
            ),
        }
    }
    true
}
