//! Values of a batch, entry by entry of the new axis.

use crate::counterexample::Counterexample;
use crate::lean::laws::compare::same;
use crate::scalar::{Agreement, Sample};
use crate::tensor::Position;
use crate::tensor::{AnyTensor, Dims, Indices, Type, Value};
use core::fmt::Display;

/// Position `i` of the leading axis, of as many as there are.
pub(super) fn entry<A: Clone>(value: &Value<A>, i: usize) -> Value<A> {
    fn part<T: Clone>(x: &[T], dims: &Dims, i: usize) -> (Dims, Vec<T>) {
        let dims: Dims = dims.iter().skip(1).copied().collect();
        let len = dims.count();
        (dims, x[i * len..(i + 1) * len].to_vec())
    }
    match value {
        Value::Scalar(x) => {
            let (dims, data) = part(x.as_slice(), x.dims(), i);
            Value::Scalar(AnyTensor::from_parts(dims, data))
        }
        Value::Key(x) => {
            let (dims, data) = part(x.as_slice(), x.dims(), i);
            Value::Key(AnyTensor::from_parts(dims, data))
        }
        Value::Index(x) => {
            let (dims, data) = part(x.as_slice(), x.dims(), i);
            Value::Index(Indices::from_parts(
                x.below(),
                AnyTensor::from_parts(dims, data),
            ))
        }
    }
}

/// Output `i` of each sample against its entry of the batch.
pub(super) fn entries<A: Sample>(
    law: &'static str,
    place: impl Fn(String) -> String,
    i: usize,
    each: &[Vec<Value<A>>],
    got: &Value<A>,
    ty: &Type,
    size: usize,
) -> Result<Option<usize>, Counterexample> {
    let expected = ty.with_leading(size);
    if !got.fits(&expected) {
        return Err(Counterexample::new(
            law,
            place("the batch".to_owned()),
            expected,
            got.ty(),
        ));
    }
    let mut count = Some(0);
    for (sample, each) in each.iter().enumerate() {
        let place = place(format!("sample {sample}"));
        count = both(count, equal(law, &place, &each[i], &entry(got, sample))?);
    }
    Ok(count)
}

/// The sum, if both are there.
pub(super) fn both(x: Option<usize>, y: Option<usize>) -> Option<usize> {
    Some(x? + y?)
}

/// How many elements are equal: all, or `None` if one is undefined on both sides.
pub(super) fn equal<A: Sample>(
    law: &'static str,
    place: &str,
    expected: &Value<A>,
    got: &Value<A>,
) -> Result<Option<usize>, Counterexample> {
    fn elements<T: Display + PartialEq>(
        law: &'static str,
        place: &str,
        [expected, got]: [(&Dims, &[T]); 2],
        close: impl Fn(&T, &T) -> bool,
        is_defined: impl Fn(&T) -> bool,
    ) -> Result<Option<usize>, Counterexample> {
        if expected.0 != got.0 {
            return Err(Counterexample::new(law, place, expected.0, got.0));
        }
        let mut count = Some(0);
        for (at, (x, y)) in expected.1.iter().zip(got.1).enumerate() {
            if !(same(x, y) || close(x, y)) {
                let dims = expected.0;
                let place = format!("{place}{}", Position { dims, at });
                return Err(Counterexample::new(law, place, x, y));
            }
            // Where neither side is a number, nothing is shown.
            count = count.filter(|_| is_defined(x)).map(|count| count + 1);
        }
        Ok(count)
    }
    match (expected, got) {
        (Value::Scalar(x), Value::Scalar(y)) => {
            let pair = [(x.dims(), x.as_slice()), (y.dims(), y.as_slice())];
            let is = |agreement| move |x: &A, y: &A| x.agreement(y) == agreement;
            let is_undefined = is(Agreement::Undefined);
            elements(law, place, pair, is(Agreement::Equal), |x| {
                !is_undefined(x, x)
            })
        }
        (Value::Index(x), Value::Index(y)) => {
            let pair = [(x.dims(), x.as_slice()), (y.dims(), y.as_slice())];
            elements(law, place, pair, |_, _| false, |_| true)
        }
        (Value::Key(x), Value::Key(y)) => {
            let pair = [(x.dims(), x.as_slice()), (y.dims(), y.as_slice())];
            elements(law, place, pair, |_, _| false, |_| true)
        }
        (Value::Scalar(_) | Value::Index(_) | Value::Key(_), _) => {
            Err(Counterexample::new(law, place, expected.ty(), got.ty()))
        }
    }
}
