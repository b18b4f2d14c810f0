//! The logarithm of softmax along an axis.

use super::softmax::below_max;
use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Includes, ScalarLevel, levels};
use crate::shape::{If, RemoveAxis, Shape};
use core::marker::PhantomData;

/// The op of [`log_softmax`]: along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct LogSoftmax<I>(PhantomData<I>);

/// `y[.., i, ..] = x[.., i, ..] - log Σⱼ exp(x[.., j, ..])` along one axis. Real scalars.
///
/// Finite for all finite inputs, where the logarithm of [`softmax`](crate::op::softmax) is `-∞` once that underflows.
/// Masked entries, infinities and NaN are as there; a masked entry is `-∞` here.
/// JVP `dx - Σ exp(y) dx`; VJP `dy - exp(y) Σ dy`.
/// Source: Blanchard, Higham and Higham, *Accurately computing the log-sum-exp and softmax functions* (2021).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| log_softmax(x, 0));
/// let y = g.value(&Tensor::from([0.0, 1000.0]), ());
/// assert_eq!(y, Tensor::from([-1000.0, 0.0]));
/// ```
pub fn log_softmax<I, S: Shape>(x: Var<S>, _axis: I) -> Call<LogSoftmax<I>, (Var<S>,)> {
    Call::new(LogSoftmax(PhantomData), (x,))
}

impl<I: Send + Sync + Clone + 'static, S: RemoveAxis<I>> Op<(S,)> for LogSoftmax<I> {
    type Out = If<S::Out, S>;
    type Level = levels::Real;
    const NAME: &'static str = "log_softmax";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<S> {
        let x = below_max::<I, S>(r, x);
        let log_sum = r.log(r.sum_along::<I, S>(r.exp(x)));
        r.sub_same(x, r.along::<I, S>(log_sum))
    }
    fn jvp(&self, r: &Recorder, _x: (Var<S>,), y: Var<S>, (dx,): (Var<S>,)) -> Var<S> {
        let mean = r.sum_along::<I, S>(r.mul_same(r.exp(y), dx));
        r.sub_same(dx, r.along::<I, S>(mean))
    }
    fn vjp(&self, r: &Recorder, _x: (Var<S>,), y: Var<S>, dy: Var<S>) -> (Var<S>,) {
        let total = r.along::<I, S>(r.sum_along::<I, S>(dy));
        (r.sub_same(dy, r.mul_same(r.exp(y), total)),)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`log_softmax`].
    #[track_caller]
    pub fn log_softmax<I, S>(&self, x: Var<S>, axis: I) -> Var<S>
    where
        N: Includes<levels::Real>,
        I: Send + Sync + Clone + 'static,
        S: RemoveAxis<I>,
    {
        self.record(log_softmax(x, axis))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        log_softmax:
        small(|x: [3]| log_softmax(x, 0));
        small(|x: [4, 2]| log_softmax(x, 1));
        middle(|x: [3, 4, 2]| log_softmax(x, 1));
    }
}
