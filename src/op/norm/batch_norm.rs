//! Batch normalization.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::Literal;
use crate::scalar::{Unary, levels};
use crate::shape::{Axis, AxisDim};
use core::marker::PhantomData;

/// The op of [`batch_norm`]: the channels are along the axis `I`; what is added to the variance.
#[derive(Clone, Copy, Debug)]
pub struct BatchNorm<I>(Literal, PhantomData<I>);

/// The op of [`batch_norm_inference`]: the channels are along the axis `I`; what is added to the variance.
#[derive(Clone, Copy, Debug)]
pub struct BatchNormInference<I>(Literal, PhantomData<I>);

/// A number for each channel of `S`.
type Channels<S, I> = Var<(<S as AxisDim<I>>::Dim,)>;

/// `y = (x - m) / √(v + eps) * gamma + beta`, with mean `m` and variance `v` of each channel of this very batch.
///
/// For `x` with `C` channels along the axis, `gamma: (C,)`, `beta: (C,)`; real scalars. `m` and `v` are
/// [`channel_mean`](crate::op::channel_mean) and [`channel_variance`](crate::op::channel_variance): over every other axis, and
/// biased. This is batch normalization in training. A graph keeps no state, so running statistics are the training
/// loop's: let a graph return `m` and `v` too, keep their moving averages, and infer with [`batch_norm_inference`].
/// (PyTorch's running variance is unbiased: `n / (n - 1)` times `v` for `n` values a channel.)
/// Source: Ioffe and Szegedy, *Batch Normalization* (2015).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2], gamma: [2], beta: [2]| batch_norm(x, gamma, beta, 1, { 9 }));
/// let x = Tensor::from([[0.0, 1.0], [8.0, 1.0]]); // means 4 and 1, variances 16 and 0
/// let (gamma, beta) = (Tensor::from([5.0, 10.0]), Tensor::from([0.0, 1.0]));
/// let y = g.value(&tlist![x, gamma, beta], ());
/// assert_eq!(y, Tensor::from([[-4.0, 1.0], [4.0, 1.0]]));
/// ```
#[expect(clippy::type_complexity, reason = "an alias would hide the shapes")]
pub fn batch_norm<const I: usize, S: AxisDim<Axis<I>>>(
    x: Var<S>,
    gamma: Var<(S::Dim,)>,
    beta: Var<(S::Dim,)>,
    _axis: Axis<I>,
    eps: impl Into<Literal>,
) -> Call<BatchNorm<Axis<I>>, (Var<S>, Var<(S::Dim,)>, Var<(S::Dim,)>)> {
    Call::new(BatchNorm(eps.into(), PhantomData), (x, gamma, beta))
}

/// `y = (x - mean) / √(variance + eps) * gamma + beta`, with a given mean and variance for each channel.
///
/// Batch normalization at inference: an affine map of `x`, that takes each sample alone. Shapes as in [`batch_norm`].
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 2], mean: [2], variance: [2], gamma: [2], beta: [2]| {
///     batch_norm_inference(x, mean, variance, gamma, beta, 1, { 0 })
/// });
/// let (mean, variance) = (Tensor::from([1.0, 2.0]), Tensor::from([4.0, 9.0]));
/// let x = tlist![Tensor::from([[5.0, 5.0]]), mean, variance, Tensor::ones(), Tensor::from([0.0, 10.0])];
/// assert_eq!(g.value(&x, ()), Tensor::from([[2.0, 11.0]]));
/// ```
#[expect(clippy::type_complexity, reason = "an alias would hide the shapes")]
pub fn batch_norm_inference<const I: usize, S: AxisDim<Axis<I>>>(
    x: Var<S>,
    mean: Var<(S::Dim,)>,
    variance: Var<(S::Dim,)>,
    gamma: Var<(S::Dim,)>,
    beta: Var<(S::Dim,)>,
    _axis: Axis<I>,
    eps: impl Into<Literal>,
) -> Call<
    BatchNormInference<Axis<I>>,
    (
        Var<S>,
        Var<(S::Dim,)>,
        Var<(S::Dim,)>,
        Var<(S::Dim,)>,
        Var<(S::Dim,)>,
    ),
> {
    let op = BatchNormInference(eps.into(), PhantomData);
    Call::new(op, (x, mean, variance, gamma, beta))
}

impl<I, S> Op<(S, (S::Dim,), (S::Dim,))> for BatchNorm<I>
where
    I: Send + Sync + Clone + 'static,
    S: AxisDim<I>,
{
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "batch_norm";

    fn forward(
        &self,
        r: &Recorder,
        (x, gamma, beta): (Var<S>, Channels<S, I>, Channels<S, I>),
    ) -> Var<S> {
        let mean = r.channel_mean::<I, S>(x);
        let variance = r.channel_variance::<I, S>(x);
        let op = BatchNormInference::<I>(self.0, PhantomData);
        r.record(Call::new(op, (x, mean, variance, gamma, beta)))
    }
}

impl<I, S> Op<(S, (S::Dim,), (S::Dim,), (S::Dim,), (S::Dim,))> for BatchNormInference<I>
where
    I: Send + Sync + Clone + 'static,
    S: AxisDim<I>,
{
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "batch_norm_inference";

    fn forward(
        &self,
        r: &Recorder,
        (x, mean, variance, gamma, beta): (
            Var<S>,
            Channels<S, I>,
            Channels<S, I>,
            Channels<S, I>,
            Channels<S, I>,
        ),
    ) -> Var<S> {
        let all = |x| r.by_channel::<I, S>(x);
        let deviation = r.prim(Unary::Sqrt, (r.offset(variance, self.0),));
        let normal = r.div_same(r.sub_same(x, all(mean)), all(deviation));
        r.add_same(r.mul_same(normal, all(gamma)), all(beta))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        batch_norm:
        small(|x: [5, 6], gamma: [6], beta: [6]| batch_norm(x, gamma, beta, 1, { 1 }));
        small(|x: [2, 4, 3], gamma: [4], beta: [4]| batch_norm(x, gamma, beta, 1, { 1 }));
        middle(|x: [3, 4, 2, 5], gamma: [4], beta: [4]| batch_norm(x, gamma, beta, 1, { 1e-5 }));
    }

    law_tests! {
        batch_norm_inference:
        small(|x: [5, 6], m: [6], v: [6], gamma: [6], beta: [6]| {
            batch_norm_inference(x, m, v, gamma, beta, 1, { 1 })
        });
        small(|x: [3, 2, 4], m: [3], v: [3], gamma: [3], beta: [3]| {
            batch_norm_inference(x, m, v, gamma, beta, 0, { 1 })
        });
        middle(|x: [3, 4, 2, 5], m: [4], v: [4], gamma: [4], beta: [4]| {
            batch_norm_inference(x, m, v, gamma, beta, 1, { 1e-5 })
        });
        on(positive);
    }

    /// The statistics are over rows, columns and batch, and not over the channels.
    #[test]
    fn images() {
        let g = graph!(|x: [2, 2, 1, 2], gamma: [2], beta: [2]| {
            batch_norm(x, gamma, beta, 1, { 0 })
        });
        let x =
            Tensor::<f64, _>::from([[[[0.0, 2.0]], [[5.0, 5.0]]], [[[0.0, 2.0]], [[9.0, 9.0]]]]);
        let y = g.value(&tlist![x, Tensor::ones(), Tensor::zeros()], ());
        let expected = [
            [[[-1.0, 1.0]], [[-1.0, -1.0]]],
            [[[-1.0, 1.0]], [[1.0, 1.0]]],
        ];
        assert_eq!(y, Tensor::from(expected));
    }
}
