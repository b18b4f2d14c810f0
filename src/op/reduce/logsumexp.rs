//! The logarithm of a sum of exponentials along an axis.

use crate::op::norm::softmax::softmax_along;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Literal, Reduce, Reduction, Select};
use crate::scalar::levels;
use crate::shape::{Axis, RemoveAxis, Shape};
use core::marker::PhantomData;

/// The op of [`logsumexp`]: along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct LogSumExp<I>(PhantomData<I>);

/// `y[.., ..] = log Σᵢ exp(x[.., i, ..])` along one axis, which goes. Real scalars.
///
/// Finite for all finite inputs: the largest entry is subtracted first, and added again. An entry of `-∞` adds nothing, so
/// of `-∞` alone it is `-∞`, as it is along an axis of dim 0. A `+∞` makes it `+∞`, a NaN makes it NaN. The derivatives are
/// NaN where the largest entry is infinite, as in JAX.
/// JVP `Σ softmax(x) dx`; VJP `softmax(x) dy`.
/// Source: Blanchard, Higham and Higham, *Accurately computing the log-sum-exp and softmax functions* (2021).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| logsumexp(x, 0));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([3.0, 3.0]), ());
/// assert_eq!((y.item(), dx), (3.0 + 2.0_f64.ln(), Tensor::full(0.5)));
/// ```
pub fn logsumexp<const I: usize, S: Shape>(
    x: Var<S>,
    _axis: Axis<I>,
) -> Call<LogSumExp<Axis<I>>, (Var<S>,)> {
    Call::new(LogSumExp(PhantomData), (x,))
}

impl<I: Send + Sync + Clone + 'static, S: RemoveAxis<I>> Op<(S,)> for LogSumExp<I> {
    type Out = S::Out;
    type Level = levels::Real;
    const NAME: &'static str = "logsumexp";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<S::Out> {
        if S::SIZE == 0 {
            // No element, so no maximum either.
            return r.log(r.sum_along::<I, S>(r.exp(x)));
        }
        let max = r.prim::<S::Out>(Reduce(Reduction::Max, vec![S::AXIS]), (x,));
        // An infinite maximum is not subtracted, since the difference of two infinities is NaN: 1 + (max - max) is 1
        // where it is finite, and NaN, so not positive, where it is not.
        let is_finite = r.offset(r.sub_same(max, max), Literal::from(1));
        let finite = r.prim::<S::Out>(Select, (is_finite, max, r.zeros::<S::Out>()));
        let below = r.sub_same(x, r.along::<I, S>(finite));
        r.add_same(r.log(r.sum_along::<I, S>(r.exp(below))), finite)
    }
    fn jvp(&self, r: &Recorder, (x,): (Var<S>,), _y: Var<S::Out>, (dx,): (Var<S>,)) -> Var<S::Out> {
        // Not exp(x - y): where y is large, its rounding is not small.
        r.sum_along::<I, S>(r.mul_same(softmax_along::<I, S>(r, x), dx))
    }
    fn vjp(&self, r: &Recorder, (x,): (Var<S>,), _y: Var<S::Out>, dy: Var<S::Out>) -> (Var<S>,) {
        (r.mul_same(softmax_along::<I, S>(r, x), r.along::<I, S>(dy)),)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        logsumexp:
        small(|x: [3]| logsumexp(x, 0));
        small(|x: [4, 2]| logsumexp(x, 1));
        middle(|x: [3, 4, 2]| logsumexp(x, 1));
    }

    /// `exp` of these overflows or underflows, and at 1e17 the logarithm of 2 is lost in the value, not in the slope.
    #[test]
    fn large_inputs() {
        let g = graph!(|x: [3, 2]| logsumexp(x, 1));
        let x = tlist![Tensor::from([[1e4, 0.0], [-1e4, -2e4], [1e17, 1e17]])];
        let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y, Tensor::from([1e4, -1e4, 1e17]));
        assert_eq!(dx, Tensor::from([[1.0, 0.0], [1.0, 0.0], [0.5, 0.5]]));
    }

    /// As JAX has them: no entry that counts is no entry.
    #[test]
    fn infinities() {
        let (inf, nan) = (f64::INFINITY, f64::NAN);
        let g = graph!(|x: [6, 2]| logsumexp(x, 1));
        let rows = [
            [-inf, -inf],
            [inf, 1.0],
            [inf, inf],
            [inf, -inf],
            [-inf, 1.0],
            [nan, 1.0],
        ];
        let (y, dx) = g.vjp(&Tensor::from(rows), (), &Tensor::ones());
        assert_eq!(y.as_slice()[..5], [-inf, inf, inf, inf, 1.0]);
        assert!(y[[5]].is_nan());
        assert!(dx[[0, 0]].is_nan() && dx[[1, 0]].is_nan());
        assert_eq!((dx[[4, 0]], dx[[4, 1]]), (0.0, 1.0));
        let singles: GraphData<f32, _, _, _> = graph!(|x: [1, 2]| logsumexp(x, 1));
        let y = singles.value(&Tensor::full(f32::NEG_INFINITY), ());
        assert_eq!(y, Tensor::full(f32::NEG_INFINITY));
    }

    #[test]
    fn of_no_entry() {
        let g = graph!(|x: [2, 0]| logsumexp(x, 1));
        let (y, tlist![dx]) = g.vjp(&tlist![Tensor::<f64, _>::zeros()], (), &Tensor::ones());
        assert_eq!((y, dx), (Tensor::full(f64::NEG_INFINITY), Tensor::zeros()));
    }
}
