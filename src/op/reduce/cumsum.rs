//! Running sums along an axis.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{Axis, AxisDim, If, Shape};
use core::marker::PhantomData;

/// The op of [`cumsum`]: along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct CumSum<I>(PhantomData<I>);

/// `y[.., i, ..] = Σⱼ x[.., j, ..]` over `j ≤ i`, along one axis. Any semiring.
///
/// JVP: the running sums of `dx`; VJP: those of `dy`, begun at the other end.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3]| cumsum(x, 0));
/// let x = tlist![Tensor::from([1.0, 2.0, 3.0])];
/// let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::from([1.0, 10.0, 100.0]));
/// assert_eq!((y, dx), (Tensor::from([1.0, 3.0, 6.0]), Tensor::from([111.0, 110.0, 100.0])));
/// ```
pub fn cumsum<const I: usize, S: Shape>(
    x: Var<S>,
    _axis: Axis<I>,
) -> Call<CumSum<Axis<I>>, (Var<S>,)> {
    Call::new(CumSum(PhantomData), (x,))
}

impl<I: Send + Sync + Clone + 'static, S: AxisDim<I>> Op<(S,)> for CumSum<I> {
    type Out = If<S::Dim, S>;
    type Level = levels::Semiring;
    const NAME: &'static str = "cumsum";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>,)) -> Var<S> {
        let (axis, reverse) = (S::AXIS, false);
        r.prim(primitives::CumSum { axis, reverse }, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        cumsum:
        small(|x: [2, 3]| cumsum(x, 1));
        small(|x: [4]| cumsum(x, 0));
        middle(|x: [3, 4, 5]| cumsum(x, 1));
    }

    #[test]
    fn along_an_empty_axis() {
        let g = graph!(|x: [2, 0]| cumsum(x, 1));
        let (y, tlist![dx]) = g.vjp(&tlist![Tensor::<f64, _>::zeros()], (), &Tensor::zeros());
        assert_eq!((y, dx), (Tensor::zeros(), Tensor::zeros()));
    }
}
