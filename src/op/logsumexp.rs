//! The logarithm of a sum of exponentials along an axis.

use super::softmax::{below_max, softmax_along};
use super::{Call, Op, Recorder, Var};
use crate::scalar::needs;
use crate::shape::{Axis, RemoveAxis, Shape};
use core::marker::PhantomData;

/// The op of [`logsumexp`]: along the axis `I`.
///
/// ```
/// use cotangent::prelude::*;
/// type Out = <LogSumExp<Axis<1>> as Op<(shape![2, 3],)>>::Out; // the shape of its value
/// assert_eq!(Out::DIMS, [2]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct LogSumExp<I>(PhantomData<I>);

/// `y[.., ..] = log Σᵢ exp(x[.., i, ..])` along one axis, which goes. Real scalars.
///
/// Finite for all finite inputs: the largest entry is subtracted first, and added again. `-∞` along an axis of dim 0.
/// An entry of `-∞` adds nothing. Entries of `-∞` alone, a `+∞` or a NaN make it NaN.
/// JVP `Σ softmax(x) dx`; VJP `softmax(x) dy`.
/// Source: Blanchard, Higham and Higham, *Accurately computing the log-sum-exp and softmax functions* (2021).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| logsumexp(x, { Axis::<0> }));
/// let (y, tlist![dx]) = g.value_and_vjp(&tlist![Tensor::from([3.0, 3.0])], &tlist![]);
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
    type Need = needs::Real;
    const NAME: &'static str = "logsumexp";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<S::Out> {
        let (x, max) = below_max::<I, S>(r, x);
        let y = r.log(r.sum_along::<I, S>(r.exp(x)));
        max.map_or(y, |max| r.add_same(y, max))
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
        small(|x: [2]| logsumexp(x, { Axis::<0> }));
        small(|x: [2, 2]| logsumexp(x, { Axis::<1> }));
        middle(|x: [3, 4, 2]| logsumexp(x, { Axis::<1> }));
    }

    /// `exp` of these overflows or underflows, and at 1e17 the logarithm of 2 is lost in the value, not in the slope.
    #[test]
    fn large_inputs() {
        let g = graph!(|x: [3, 2]| logsumexp(x, { Axis::<1> }));
        let x = tlist![Tensor::from([[1e4, 0.0], [-1e4, -2e4], [1e17, 1e17]])];
        let (y, tlist![dx]) = g.vjp(&x, &tlist![], &Tensor::one());
        assert_eq!(y, Tensor::from([1e4, -1e4, 1e17]));
        assert_eq!(dx, Tensor::from([[1.0, 0.0], [1.0, 0.0], [0.5, 0.5]]));
    }

    #[test]
    fn of_no_entry() {
        let g = graph!(|x: [2, 0]| logsumexp(x, { Axis::<1> }));
        let (y, tlist![dx]) = g.vjp(&tlist![Tensor::<f64, _>::zero()], &tlist![], &Tensor::one());
        assert_eq!((y, dx), (Tensor::full(f64::NEG_INFINITY), Tensor::zero()));
    }
}
