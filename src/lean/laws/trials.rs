//! The cotangents at which laws about any cotangent are tried.

use crate::scalar::Semiring;
use crate::tensor::AnyTensor;
use crate::tensor::Dims;

/// How many unit vectors are tried at each end of a tensor; all of them where there are at most twice as many elements.
const UNITS: usize = 4;

/// Zeros, ones, unit vectors, and one whose elements all differ, all of these dims.
pub(super) fn cotangents_of<A: Semiring>(dims: &Dims) -> Vec<AnyTensor<A>> {
    let count = dims.count();
    let full = |x: A| AnyTensor::full(dims.clone(), x);
    let unit = |place: usize| {
        let element = |i| if i == place { A::one() } else { A::zero() };
        AnyTensor::from_parts(dims.clone(), (0..count).map(element).collect())
    };
    let mut trials = vec![full(A::zero()), full(A::one())];
    let places = (0..count).filter(|&i| i < UNITS || i + UNITS >= count);
    trials.extend(places.map(unit));
    // 2, 3, 4, …: no element is that of another trial.
    let mut next = A::one();
    let ramp = (0..count).map(|_| {
        next = next.clone() + A::one();
        next.clone()
    });
    trials.push(AnyTensor::from_parts(dims.clone(), ramp.collect()));
    trials
}

/// Ones of other dims: one axis more, of two.
pub(super) fn of_other_dims<A: Semiring>(dims: &Dims) -> AnyTensor<A> {
    let longer: Vec<usize> = dims.iter().copied().chain([2]).collect();
    AnyTensor::full(Dims::new(&longer), A::one())
}
