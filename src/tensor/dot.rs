//! The inner product that adjointness is stated with.

use super::AnyTensor;
use crate::scalar::Semiring;

/// The inner product of two lists of tensors.
pub(crate) fn dot<A: Semiring>(x: &[AnyTensor<A>], y: &[AnyTensor<A>]) -> A {
    let pairs = x.iter().zip(y);
    pairs.fold(A::zero(), |sum, (x, y)| {
        let (x, y) = (x.as_slice(), y.as_slice());
        sum + A::matmul(x, y, [1, x.len(), 1], false, false).swap_remove(0)
    })
}
