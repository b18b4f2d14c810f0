//! Two sides of a law, compared.

use crate::counterexample::Counterexample;
use crate::lean::tape::{Contributions, Tape, TapeError};
use crate::scalar::{Agreement, Sample, Semiring};
use crate::tensor::AnyTensor;
use crate::tensor::Position;
use core::fmt::Display;

/// Two results of the same computation: equal to the bit, NaN being equal to NaN.
pub(crate) fn same<A: PartialEq>(x: &A, y: &A) -> bool {
    // A scalar that is not equal to itself is not a number.
    x == y || !equal(x, x) && !equal(y, y)
}

/// `==` as a function, so that comparing a value to itself reads as the question it is.
pub(crate) fn equal<T: PartialEq>(x: &T, y: &T) -> bool {
    x == y
}

/// Two lists of tensors of the same computation, entry by entry.
pub(crate) fn all_identical<A: PartialEq + Display>(
    law: &'static str,
    expected: &[AnyTensor<A>],
    got: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    all_identical_at(law, |entry| format!("entry {entry}"), expected, got)
}

/// The same, for entries that have names.
pub(crate) fn all_identical_at<A: PartialEq + Display>(
    law: &'static str,
    name: impl Fn(usize) -> String,
    expected: &[AnyTensor<A>],
    got: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    same_count(law, "the number of entries", expected.len(), got.len())?;
    for (entry, (expected, got)) in expected.iter().zip(got).enumerate() {
        if expected.dims() != got.dims() {
            return Err(Counterexample::new(law, name(entry), expected, got));
        }
        let mut pairs = expected.as_slice().iter().zip(got.as_slice());
        if let Some(at) = pairs.position(|(x, y)| !same(x, y)) {
            let dims = expected.dims();
            let place = format!("{}{}", name(entry), Position { dims, at });
            let (expected, got) = (&expected.as_slice()[at], &got.as_slice()[at]);
            return Err(Counterexample::new(law, place, expected, got));
        }
    }
    Ok(())
}

/// The name of a value on a tape, for messages.
pub(crate) fn on_tape<A>(tape: &Tape<A>) -> impl Fn(usize) -> String {
    |id| match tape.get_node(id) {
        Some(node) => node.describe(id),
        None => format!("entry {id}"),
    }
}

pub(crate) fn same_count(
    law: &'static str,
    place: &str,
    expected: usize,
    got: usize,
) -> Result<(), Counterexample> {
    if expected == got {
        Ok(())
    } else {
        Err(Counterexample::new(law, place, expected, got))
    }
}

/// The two sides of an equation between scalars; floats up to rounding.
pub(crate) fn same_scalar<A: Sample>(
    law: &'static str,
    place: &str,
    expected: &A,
    got: &A,
) -> Result<(), Counterexample> {
    match expected.agreement(got) {
        Agreement::Equal => Ok(()),
        Agreement::Differ | Agreement::Undefined => {
            Err(Counterexample::new(law, place, expected, got))
        }
    }
}

/// What two pullbacks make of one cotangent: the same contributions to the same parents in the same order, or both an
/// error.
pub(super) fn same_contributions<A: Semiring>(
    law: &'static str,
    node: &str,
    cotangent: &AnyTensor<A>,
    expected: &Result<Contributions<A>, TapeError>,
    got: &Result<Contributions<A>, TapeError>,
) -> Result<(), Counterexample> {
    let place = |what: &str| format!("{what} of {node} at the cotangent {cotangent}");
    let (expected, got) = match (expected, got) {
        (Ok(expected), Ok(got)) => (expected, got),
        (Err(_), Err(_)) => return Ok(()),
        (Ok(_), Err(error)) => {
            return Err(Counterexample::new(
                law,
                place("the pullback"),
                "contributions",
                error,
            ));
        }
        (Err(error), Ok(_)) => {
            return Err(Counterexample::new(
                law,
                place("the pullback"),
                error,
                "contributions",
            ));
        }
    };
    same_count(
        law,
        &place("the number of contributions"),
        expected.len(),
        got.len(),
    )?;
    for ((to, expected), (to_got, got)) in expected.iter().zip(got) {
        if to != to_got {
            return Err(Counterexample::new(law, place("the parent"), to, to_got));
        }
        let name = |_| place(&format!("the contribution to node {to}"));
        all_identical_at(
            law,
            name,
            std::slice::from_ref(expected),
            std::slice::from_ref(got),
        )?;
    }
    Ok(())
}
