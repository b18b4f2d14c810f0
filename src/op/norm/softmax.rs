//! Softmax along an axis.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::Reduction;
use crate::scalar::{Includes, ScalarLevel, levels};
use crate::shape::{If, RemoveAxis, Shape};
use core::marker::PhantomData;

/// The op of [`softmax`]: along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct Softmax<I>(PhantomData<I>);

/// `y[.., i, ..] = exp(x[.., i, ..]) / Σⱼ exp(x[.., j, ..])` along one axis. Real scalars.
///
/// The largest entry is subtracted first, so that large entries do not overflow. An entry of `-∞` is masked: it has the
/// probability 0, and takes no part in the others. Entries of `-∞` alone, a `+∞` or a NaN make the whole row NaN.
/// JVP `y (dx - Σ y dx)`; VJP `y (dy - Σ y dy)`.
/// Source: Blanchard, Higham and Higham, *Accurately computing the log-sum-exp and softmax functions* (2021).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2]| softmax(x, 1));
/// let y = g.value(&Tensor::from([[3.0, 3.0], [0.0, 1000.0]]), ());
/// assert_eq!(y, Tensor::from([[0.5, 0.5], [0.0, 1.0]]));
/// ```
pub fn softmax<I, S: Shape>(x: Var<S>, _axis: I) -> Call<Softmax<I>, (Var<S>,)> {
    Call::new(Softmax(PhantomData), (x,))
}

impl<I: Send + Sync + Clone + 'static, S: RemoveAxis<I>> Op<(S,)> for Softmax<I> {
    type Out = If<S::Out, S>;
    type Level = levels::Real;
    const NAME: &'static str = "softmax";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<S> {
        softmax_along::<I, S>(r, x)
    }
    fn jvp(&self, r: &Recorder, _x: (Var<S>,), y: Var<S>, (dx,): (Var<S>,)) -> Var<S> {
        derivative::<I, S>(r, y, dx)
    }
    fn vjp(&self, r: &Recorder, _x: (Var<S>,), y: Var<S>, dy: Var<S>) -> (Var<S>,) {
        // The Jacobian, diag(y) - y yᵀ, is symmetric.
        (derivative::<I, S>(r, y, dy),)
    }
}

/// `y (d - Σ y d)`.
fn derivative<I, S: RemoveAxis<I>>(r: &Recorder, y: Var<S>, d: Var<S>) -> Var<S> {
    let mean = r.sum_along::<I, S>(r.mul_same(y, d));
    r.mul_same(y, r.sub_same(d, r.along::<I, S>(mean)))
}

/// Softmax along the axis `I`.
pub(crate) fn softmax_along<I, S: RemoveAxis<I>>(r: &Recorder, x: Var<S>) -> Var<S> {
    let x = below_max::<I, S>(r, x);
    let e = r.exp(x);
    r.div_same(e, r.along::<I, S>(r.sum_along::<I, S>(e)))
}

/// Along the axis `I`: `x - max x`, which has the same softmax and no entry above 0.
pub(crate) fn below_max<I, S: RemoveAxis<I>>(r: &Recorder, x: Var<S>) -> Var<S> {
    if S::SIZE == 0 {
        // No element, so no maximum either.
        return x;
    }
    let max = r.reduced_along::<I, S>(Reduction::Max, x);
    r.sub_same(x, r.along::<I, S>(max))
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`softmax`].
    #[track_caller]
    pub fn softmax<I, S>(&self, x: Var<S>, axis: I) -> Var<S>
    where
        N: Includes<levels::Real>,
        I: Send + Sync + Clone + 'static,
        S: RemoveAxis<I>,
    {
        self.record(softmax(x, axis))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        softmax:
        small(|x: [3]| softmax(x, 0));
        small(|x: [4, 2]| softmax(x, 1));
        middle(|x: [3, 4, 2]| softmax(x, 1));
    }

    /// An axis without entries has no maximum to subtract; the result is empty and nothing panics.
    #[test]
    fn of_no_element() {
        let g = graph!(|x: [2, 0]| softmax(x, 1));
        let x = tlist![Tensor::<f64, _>::zeros()];
        let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::zeros());
        assert_eq!((y, dx), (Tensor::zeros(), Tensor::zeros()));
    }
}
