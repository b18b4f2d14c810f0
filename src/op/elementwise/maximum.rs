//! The larger and the smaller of two, element by element.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Binary, levels};
use crate::shape::{BroadcastsWith, Combined, Shape};

/// The op of [`maximum`].
#[derive(Clone, Copy, Debug)]
pub struct Maximum;

/// The op of [`minimum`].
#[derive(Clone, Copy, Debug)]
pub struct Minimum;

/// `y = max(a, b)`, element by element; NaN where either is. Shapes: equal, or one a suffix of the other. Any ordered
/// field.
///
/// The derivative goes to the larger; where both are equal, half to each, as in PyTorch and JAX. So it
/// is where either is NaN.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [3], b: [3]| sum(maximum(a, b)));
/// let x = tlist![Tensor::from([1.0, 2.0, 3.0]), Tensor::from([1.0, 5.0, 0.0])];
/// let (y, tlist![da, db]) = g.value_and_vjp(&x, ());
/// assert_eq!(y.item(), 9.0);
/// assert_eq!((da, db), (Tensor::from([0.5, 0.0, 1.0]), Tensor::from([0.5, 1.0, 0.0])));
/// ```
pub fn maximum<S: Shape, R: Shape>(a: Var<S>, b: Var<R>) -> Call<Maximum, (Var<S>, Var<R>)> {
    Call::new(Maximum, (a, b))
}

/// `y = min(a, b)`, element by element: what [`maximum`] is for the larger.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [3], b: [3]| sum(minimum(a, b)));
/// let x = tlist![Tensor::from([1.0, 2.0, 3.0]), Tensor::from([1.0, 5.0, 0.0])];
/// let (y, tlist![da, db]) = g.value_and_vjp(&x, ());
/// assert_eq!(y.item(), 3.0);
/// assert_eq!((da, db), (Tensor::from([0.5, 1.0, 0.0]), Tensor::from([0.5, 0.0, 1.0])));
/// ```
pub fn minimum<S: Shape, R: Shape>(a: Var<S>, b: Var<R>) -> Call<Minimum, (Var<S>, Var<R>)> {
    Call::new(Minimum, (a, b))
}

impl<S: Shape + BroadcastsWith<R>, R: Shape> Op<(S, R)> for Maximum {
    type Out = Combined<S, R>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "maximum";

    fn forward(
        &self,
        r: &Recorder<levels::OrderedField>,
        (a, b): (Var<S>, Var<R>),
    ) -> Var<Combined<S, R>> {
        let (a, b) = r.combined(a, b);
        r.prim(Binary::Max, (a, b))
    }
}

impl<S: Shape + BroadcastsWith<R>, R: Shape> Op<(S, R)> for Minimum {
    type Out = Combined<S, R>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "minimum";

    fn forward(
        &self,
        r: &Recorder<levels::OrderedField>,
        (a, b): (Var<S>, Var<R>),
    ) -> Var<Combined<S, R>> {
        r.neg(r.record(maximum(r.neg(a), r.neg(b))))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        maximum:
        small(|a: [4], b: [4]| maximum(a, b));
        small(|a: [2, 3], b: [3]| maximum(a, b));
        middle(|a: [5], b: [3, 4, 5]| maximum(a, b));
    }

    law_tests! {
        minimum:
        small(|a: [4], b: [4]| minimum(a, b));
        small(|a: [], b: [2, 3]| minimum(a, b));
        middle(|a: [3, 4, 5], b: [5]| minimum(a, b));
    }

    /// Equal infinities are a tie too, though their difference is NaN.
    #[test]
    fn infinities_and_nan() {
        let g = graph!(|a: [3], b: [3]| maximum(a, b));
        let (inf, nan) = (f64::INFINITY, f64::NAN);
        let x = tlist![
            Tensor::from([inf, -inf, nan]),
            Tensor::from([inf, 1.0, 1.0])
        ];
        let (y, tlist![da, db]) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y.as_slice()[..2], [inf, 1.0]);
        assert!(y.as_slice()[2].is_nan());
        assert_eq!(da.as_slice()[..2], [0.5, 0.0]);
        assert_eq!(db.as_slice()[..2], [0.5, 1.0]);
    }
}
