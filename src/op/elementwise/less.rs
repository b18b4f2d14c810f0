//! Comparisons by order, element by element.

use super::comparand::{Comparand, Holds, Relation, comparison};
use crate::op::{Call, Discrete, Op, Recorder, Var};
use crate::program::Literal;
use crate::scalar::{Comparison, levels};
use crate::shape::{If, SameShape, Shape};

comparison! {
    /// The op of [`less`]: the number, or `()` where two tensors are compared.
    Less, less, Relation::This(Comparison::Less)
}

/// `a < b`, element by element, for two tensors of one shape, or for a tensor and a number. Any ordered field.
///
/// Labels below 2: 1 where it holds, else 0, as [`select`](crate::op::select) takes them;
/// [`to_scalar`](crate::op::to_scalar) makes numbers of them. It does not hold where either is NaN. No derivative goes
/// through it.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [3], b: [3]| -> ([3] < 2, [3] < 2) { (less(a, b), less(a, 2.0)) });
/// let x = tlist![Tensor::from([1.0, 2.0, 3.0]), Tensor::from([2.0, 2.0, 2.0])];
/// let (y, z) = g.value(&x, ());
/// assert_eq!((y.as_slice(), z), ([1, 0, 0].as_slice(), y.clone()));
/// ```
pub fn less<S: Shape, B: Comparand<S>>(a: Var<S>, b: B) -> Call<Less<B::Kept>, B::Vars> {
    let (kept, vars) = b.beside(a);
    Call::new(Less(kept), vars)
}

comparison! {
    /// The op of [`less_equal`]: the number, or `()` where two tensors are compared.
    LessEqual, less_equal, Relation::This(Comparison::LessEqual)
}

/// `a ≤ b`, element by element: as [`less`](fn@less).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [3]| -> [3] < 2 { less_equal(a, 2.0) });
/// let y = g.value(&Tensor::from([1.0, 2.0, 3.0]), ());
/// assert_eq!(y.as_slice(), [1, 1, 0]);
/// ```
pub fn less_equal<S: Shape, B: Comparand<S>>(a: Var<S>, b: B) -> Call<LessEqual<B::Kept>, B::Vars> {
    let (kept, vars) = b.beside(a);
    Call::new(LessEqual(kept), vars)
}

comparison! {
    /// The op of [`greater`]: the number, or `()` where two tensors are compared.
    Greater, greater, Relation::Reversed(Comparison::Less)
}

/// `a > b`, element by element: as [`less`](fn@less).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [3]| -> [3] < 2 { greater(a, 2.0) });
/// let y = g.value(&Tensor::from([1.0, 2.0, 3.0]), ());
/// assert_eq!(y.as_slice(), [0, 0, 1]);
/// ```
pub fn greater<S: Shape, B: Comparand<S>>(a: Var<S>, b: B) -> Call<Greater<B::Kept>, B::Vars> {
    let (kept, vars) = b.beside(a);
    Call::new(Greater(kept), vars)
}

comparison! {
    /// The op of [`greater_equal`]: the number, or `()` where two tensors are compared.
    GreaterEqual, greater_equal, Relation::Reversed(Comparison::LessEqual)
}

/// `a ≥ b`, element by element: as [`less`](fn@less).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [3]| -> [3] < 2 { greater_equal(a, 2.0) });
/// let y = g.value(&Tensor::from([1.0, 2.0, 3.0]), ());
/// assert_eq!(y.as_slice(), [0, 1, 1]);
/// ```
pub fn greater_equal<S: Shape, B: Comparand<S>>(
    a: Var<S>,
    b: B,
) -> Call<GreaterEqual<B::Kept>, B::Vars> {
    let (kept, vars) = b.beside(a);
    Call::new(GreaterEqual(kept), vars)
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        less:
        small(|a: [4], b: [4]| select(less(a, b), a * b, b));
        small(|a: [2, 3]| select(less(a, 0.5), a * a, a));
        middle(|a: [3, 2, 4], b: [3, 2, 4]| select(less(a, b), a * b, b));
    }

    law_tests! {
        less_equal:
        small(|a: [4], b: [4]| select(less_equal(a, b), a * b, b));
        small(|a: [2, 3]| select(less_equal(a, 1), a * a, a));
        middle(|a: [3, 2, 4], b: [3, 2, 4]| select(less_equal(a, b), a * b, b));
    }

    law_tests! {
        greater:
        small(|a: [4], b: [4]| select(greater(a, b), a * b, b));
        small(|a: [2, 3]| select(greater(a, 0.5), a * a, a));
        middle(|a: [3, 2, 4], b: [3, 2, 4]| select(greater(a, b), a * b, b));
    }

    law_tests! {
        greater_equal:
        small(|a: [4], b: [4]| select(greater_equal(a, b), a * b, b));
        small(|a: [2, 3]| select(greater_equal(a, -1), a * a, a));
        middle(|a: [3, 2, 4], b: [3, 2, 4]| select(greater_equal(a, b), a * b, b));
    }

    /// Nothing is less than a NaN, nor is a NaN; zeros of both signs are equal.
    #[test]
    fn nan_infinities_and_zeros() {
        let g = graph!(|a: [5], b: [5]| -> ([5] < 2, [5] < 2, [5] < 2, [5] < 2) {
            (less(a, b), less_equal(a, b), greater(a, b), greater_equal(a, b))
        });
        let (inf, nan) = (f64::INFINITY, f64::NAN);
        let a = Tensor::from([nan, 1.0, -0.0, -inf, inf]);
        let b = Tensor::from([1.0, nan, 0.0, 1.0, inf]);
        let (less, less_equal, greater, greater_equal) = g.value(&tlist![a, b], ());
        assert_eq!(less.as_slice(), [0, 0, 0, 1, 0]);
        assert_eq!(less_equal.as_slice(), [0, 0, 1, 1, 1]);
        assert_eq!(greater.as_slice(), [0, 0, 0, 0, 0]);
        assert_eq!(greater_equal.as_slice(), [0, 0, 1, 0, 1]);
    }
}
