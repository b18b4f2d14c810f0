//! Whether two programs compute the same.

use crate::program::{Program, ProgramError};
use crate::scalar::{Boolean, Level, MinPlus, Modular, Sample, Semiring};
use crate::tensor::{AnyTensor, Indices, Key, Type, Value};
use core::fmt::Debug;
use num_rational::BigRational;

/// A program of its lines.
pub(super) fn program(lines: &str) -> Program {
    let lines: Vec<&str> = lines.lines().map(str::trim).collect();
    format!("cotangent program 1\n{}\n", lines.join("\n"))
        .parse()
        .unwrap()
}

const SPECIAL: [f64; 16] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -3.0,
    0.1,
    5e-324,
    -2e-310,
    f64::MIN_POSITIVE,
    f64::MAX,
    f64::MIN,
    1e-160,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
];

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

/// Something to compare, where a NaN equals a NaN.
fn bits<A: Semiring, B: PartialEq + Debug>(
    values: Vec<Value<A>>,
    of: impl Fn(&A) -> B,
) -> Vec<Result<Vec<B>, String>> {
    let value = |value: Value<A>| match value {
        Value::Scalar(x) => Ok(x.as_slice().iter().map(&of).collect()),
        Value::Index(x) => Err(format!("{x:?}")),
        Value::Key(x) => Err(format!("{x:?}")),
    };
    values.into_iter().map(value).collect()
}

/// Both give the same over floats, by the bits, and over other scalars that have all that the first needs.
pub(super) fn assert_same(name: &str, one: &Program, other: &Program) {
    assert_eq!(one.input_types(), other.input_types(), "{name}");
    assert_eq!(one.output_types(), other.output_types(), "{name}");
    assert!(other.level() <= one.level(), "{name}");
    let mut rng = fastrand::Rng::with_seed(1);
    for round in 0..20 {
        let mut special = |input: usize, element: usize| match (round, input) {
            (0, 0) => SPECIAL[element % 16],
            (0, 1) => SPECIAL[element / 16 % 16],
            (1.., _) if round % 2 == 0 => rng.f64() - 0.5,
            _ => *rng.choice(&SPECIAL).unwrap(),
        };
        let doubles = inputs(one, &mut special);
        let double = |x: &f64| {
            if x.is_nan() {
                f64::NAN.to_bits()
            } else {
                x.to_bits()
            }
        };
        let run = |program: &Program| bits(program.run(&doubles).unwrap(), double);
        assert_eq!(run(one), run(other), "{name}: {doubles:?}");
        let singles = inputs(one, |input, element| special(input, element) as f32);
        let single = |x: &f32| {
            if x.is_nan() {
                f32::NAN.to_bits()
            } else {
                x.to_bits()
            }
        };
        let run = |program: &Program| bits(program.run(&singles).unwrap(), single);
        assert_eq!(run(one), run(other), "{name}: {singles:?}");
    }
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
