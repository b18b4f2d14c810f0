//! Tensors joined along an axis.

use crate::op::{Call, Inputs, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{self, AxisDim};
use core::marker::PhantomData;

/// The op of [`concat()`]: along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct Concat<I>(PhantomData<I>);

/// `y` has the entries of each tensor along an axis, one after the other. The shapes are equal on every other axis.
///
/// The tensors are a tuple of two to eight. JVP: the tangents joined; VJP: the parts of `dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [2, 1], b: [2, 2]| concat((a, b, a), 1));
/// let (a, b) = (Tensor::from([[1.0], [2.0]]), Tensor::from([[3.0, 4.0], [5.0, 6.0]]));
/// let y = g.value(&tlist![a, b], ());
/// assert_eq!(y, Tensor::from([[1.0, 3.0, 4.0, 1.0], [2.0, 5.0, 6.0, 2.0]]));
/// ```
pub fn concat<I, V>(tensors: V, _axis: I) -> Call<Concat<I>, V> {
    Call::new(Concat(PhantomData), tensors)
}

impl<I, All> Op<All> for Concat<I>
where
    I: Send + Sync + Clone + 'static,
    All: Inputs + shape::Concatenates<I>,
{
    type Out = All::Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "concat";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: All::Vars) -> Var<All::Out> {
        r.prim(primitives::Concat(<All::Out as AxisDim<I>>::AXIS), x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        concat:
        small(|a: [6, 8], b: [7, 8]| concat((a, b), 0));
        small(|a: [2, 3, 4], b: [2, 3, 9]| concat((a, b, a), 2));
        middle(|a: [2, 3, 4, 5], b: [2, 6, 4, 5]| concat((a, b), 1));
    }

    /// Each has its own entries, in order: eight digits.
    #[test]
    fn of_eight() {
        let g = graph!(|a: [1], b: [1], c: [2]| concat((a, b, c, b, a, c, b, a), 0));
        let x = tlist![
            Tensor::from([1.0]),
            Tensor::from([2.0]),
            Tensor::from([3.0, 4.0])
        ];
        let dy = Tensor::from_fn(|[i]| f64::from(1 << i));
        let (y, tlist![da, db, dc]) = g.vjp(&x, (), &dy);
        let digits = [1.0, 2.0, 3.0, 4.0, 2.0, 1.0, 3.0, 4.0, 2.0, 1.0];
        assert_eq!(y, Tensor::from(digits));
        assert_eq!((da, db), (Tensor::from([545.0]), Tensor::from([274.0])));
        assert_eq!(dc, Tensor::from([68.0, 136.0]));
    }
}
