//! Which elements are equal.

use super::comparand::{Comparand, Holds, Relation, comparison};
use crate::op::{Call, Discrete, Op, Recorder, Var};
use crate::program::Literal;
use crate::scalar::{Comparison, levels};
use crate::shape::{If, SameShape, Shape};

comparison! {
    /// The op of [`equal`]: the number, or `()` where two tensors are compared.
    Equal, equal, Relation::This(Comparison::Equal)
}

/// `a = b`, element by element: as [`less`](crate::op::less()).
///
/// The share of rows whose largest score is that of their label:
///
/// ```
/// use cotangent::prelude::*;
/// let accuracy = graph!(|scores: [3, 2]; labels: [3] < 2| {
///     let guesses = argmax(scores, 1);
///     mean(to_scalar(equal(to_scalar(guesses), to_scalar(labels))))
/// });
/// let x = tlist![Tensor::from([[0.0, 1.0], [1.0, 0.0], [5.0, 7.0]])];
/// let y = accuracy.value(&x, &tlist![Labels::new([1, 1, 1])?]);
/// assert_eq!(y.item(), 2.0 / 3.0);
/// # Ok::<(), LabelsError>(())
/// ```
pub fn equal<S: Shape, B: Comparand<S>>(a: Var<S>, b: B) -> Call<Equal<B::Kept>, B::Vars> {
    let (kept, vars) = b.beside(a);
    Call::new(Equal(kept), vars)
}

comparison! {
    /// The op of [`not_equal`]: the number, or `()` where two tensors are compared.
    NotEqual, not_equal, Relation::Not(Comparison::Equal)
}

/// `a ≠ b`, element by element: where [`equal`](fn@equal) does not hold. So it holds where either is NaN.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [3]| -> [3] < 2 { not_equal(a, 2.0) });
/// let y = g.value(&Tensor::from([1.0, 2.0, f64::NAN]), ());
/// assert_eq!(y.as_slice(), [1, 0, 1]);
/// ```
pub fn not_equal<S: Shape, B: Comparand<S>>(a: Var<S>, b: B) -> Call<NotEqual<B::Kept>, B::Vars> {
    let (kept, vars) = b.beside(a);
    Call::new(NotEqual(kept), vars)
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        equal:
        small(|a: [4], b: [4]| select(equal(a, b), a * b, b));
        small(|a: [2, 3]| select(equal(a, 1), a * a, a));
        middle(|a: [3, 2, 4], b: [3, 2, 4]| select(equal(a, b), a * b, b));
    }

    law_tests! {
        not_equal:
        small(|a: [4], b: [4]| select(not_equal(a, b), a * b, b));
        small(|a: [2, 3]| select(not_equal(a, 1), a * a, a));
        middle(|a: [3, 2, 4], b: [3, 2, 4]| select(not_equal(a, b), a * b, b));
    }

    /// One of the two holds; of a NaN it is that they are not.
    #[test]
    fn one_of_the_two() {
        let g = graph!(|a: [4], b: [4]| -> ([4] < 2, [4] < 2) { (equal(a, b), not_equal(a, b)) });
        let (inf, nan) = (f64::INFINITY, f64::NAN);
        let (a, b) = (
            Tensor::from([nan, -0.0, inf, 1.0]),
            Tensor::from([nan, 0.0, inf, 2.0]),
        );
        let (equal, not_equal) = g.value(&tlist![a, b], ());
        assert_eq!(equal.as_slice(), [0, 1, 1, 0]);
        assert_eq!(not_equal.as_slice(), [1, 0, 0, 1]);
    }
}
