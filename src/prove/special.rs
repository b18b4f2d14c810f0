//! Floats at which a rewriting goes wrong that is right over a field: signed zeros, infinities, NaN, and the ends of the range.

use super::drawn_environments::drawn;
use crate::counterexample::Counterexample;
use crate::program::Program;
use crate::prove::chosen::Chosen;
use crate::scalar::Sample;
use crate::tensor::{AnyTensor, Position, Type, Value};
use fastrand::Rng;

/// A float, by its bits.
pub(super) trait Float: Sample {
    /// Its name in Rust.
    const NAME: &'static str;

    /// A special value, by a number.
    fn special(number: usize) -> Self;

    /// The bits. A NaN is a NaN, whatever its sign and payload: of two of them, which one an addition gives is not said by
    /// IEEE 754, and differs by machine.
    fn bits(&self) -> u64;
}

macro_rules! float {
    ($($F:ident: $least:literal, $tiny:literal, $root:literal;)*) => {$(
        impl Float for $F {
            const NAME: &'static str = stringify!($F);

            fn special(number: usize) -> Self {
                [
                    0.0, -0.0, 1.0, -1.0, 0.5, -3.0, 0.1, $least, $tiny, $F::MIN_POSITIVE, $F::MAX, $F::MIN, $root,
                    $F::INFINITY, $F::NEG_INFINITY, $F::NAN,
                ][number % SPECIALS]
            }

            fn bits(&self) -> u64 {
                match self.is_nan() {
                    true => $F::NAN.to_bits().into(),
                    false => self.to_bits().into(),
                }
            }
        }
    )*};
}

// The least of all, another below the normal ones, and one whose square vanishes.
float! {
    f64: 5e-324, -2e-310, 1e-160;
    f32: 1e-45, -2e-40, 1e-20;
}

/// How many special values there are.
const SPECIALS: usize = 16;

/// How often a program is run; and one of many multiply-adds.
const ROUNDS: usize = 40;
const FEW_ROUNDS: usize = 6;

/// How many multiply-adds are many.
const MANY: u64 = 200_000;

/// As often as is affordable.
pub(super) fn rounds(program: &Program) -> usize {
    match program.multiply_adds() > MANY {
        true => FEW_ROUNDS,
        false => ROUNDS,
    }
}

/// Inputs of these types, for a round: in the first each special value meets each other in the same place of the first two
/// inputs, as far as there are places; then one special value fills all, or each place has one, or an ordinary number.
/// `None` if there is no index below a bound.
pub(super) fn inputs<A: Float>(
    types: &[Type],
    round: usize,
    rng: &mut Rng,
) -> Option<Vec<Value<A>>> {
    let chosen = drawn(types, &mut |below| rng.usize(..below))?;
    let all = types.iter().zip(chosen).enumerate();
    let mut scalar = |input: usize, element: usize| match (round, input, round % 4) {
        (0, 0, _) => A::special(element),
        (0, 1, _) => A::special(element / SPECIALS),
        (_, _, 1) => A::special(round / 4),
        (_, _, 2) => A::sample(rng),
        (_, _, 3) if rng.bool() => A::sample(rng),
        _ => A::special(rng.usize(..SPECIALS)),
    };
    let value = |(input, (ty, chosen)): (usize, (&Type, Chosen))| match chosen.value() {
        Some(value) => value,
        None => {
            let dims = ty.dims().clone();
            let elements = (0..dims.count()).map(|at| scalar(input, at));
            let elements = match ty {
                Type::Scalar(_, precision) => elements.map(|x| x.rounded(*precision)).collect(),
                Type::Index { .. } | Type::Key(_) => elements.collect(),
            };
            Value::Scalar(AnyTensor::from_parts(dims, elements))
        }
    };
    Some(all.map(value).collect())
}

/// How many elements two results have, which are equal bit for bit; or the first that is not.
pub(super) fn same_bits<A: Float>(
    law: &'static str,
    place: &str,
    expected: &Value<A>,
    got: &Value<A>,
) -> Result<usize, Counterexample> {
    let refuse = |place: String, expected: String, got: String| {
        let place = format!("{place} over {}", A::NAME);
        Err(Counterexample::new(law, place, expected, got))
    };
    let same = match (expected, got) {
        (Value::Scalar(x), Value::Scalar(y)) if x.dims() == y.dims() => {
            let mut pairs = x.as_slice().iter().zip(y.as_slice());
            if let Some(at) = pairs.position(|(x, y)| x.bits() != y.bits()) {
                let dims = x.dims();
                let place = format!("{place}{}", Position { dims, at });
                let [x, y] = [x, y].map(|x| format!("{:?}", x.as_slice()[at]));
                return refuse(place, x, y);
            }
            true
        }
        (Value::Index(x), Value::Index(y)) => x == y,
        (Value::Key(x), Value::Key(y)) => x == y,
        (Value::Scalar(_) | Value::Index(_) | Value::Key(_), _) => false,
    };
    match same {
        true => Ok(expected.ty().dims().count()),
        false => refuse(
            place.to_owned(),
            format!("{expected:?}"),
            format!("{got:?}"),
        ),
    }
}
