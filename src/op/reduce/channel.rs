//! Mean and variance of each channel: what batch normalization subtracts and divides by.

use super::mean::over;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Reduction, primitives};
use crate::scalar::{Includes, ScalarLevel, levels};
use crate::shape::{Axis, AxisDim};
use crate::tensor::Dims;
use core::marker::PhantomData;

/// The op of [`channel_mean`]: the channels are along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct ChannelMean<I>(PhantomData<I>);

/// The op of [`channel_variance`]: the channels are along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct ChannelVariance<I>(PhantomData<I>);

/// `y[c]` is the mean of all `x[.., c, ..]`: over every axis but the given one. Any field.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2]| channel_mean(x, 1));
/// let y = g.value(&Tensor::from([[1.0, 2.0], [3.0, 6.0]]), ());
/// assert_eq!(y, Tensor::from([2.0, 4.0]));
/// ```
pub fn channel_mean<const I: usize, S: AxisDim<Axis<I>>>(
    x: Var<S>,
    _axis: Axis<I>,
) -> Call<ChannelMean<Axis<I>>, (Var<S>,)> {
    Call::new(ChannelMean(PhantomData), (x,))
}

/// `y[c]` is the variance of all `x[.., c, ..]`: the mean of their squared distances from their mean. Any field.
///
/// It is biased: divided by their number `n`. The unbiased one is `n / (n - 1)` times it.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2]| channel_variance(x, 1));
/// let y = g.value(&Tensor::from([[1.0, 2.0], [3.0, 6.0]]), ());
/// assert_eq!(y, Tensor::from([1.0, 4.0]));
/// ```
pub fn channel_variance<const I: usize, S: AxisDim<Axis<I>>>(
    x: Var<S>,
    _axis: Axis<I>,
) -> Call<ChannelVariance<Axis<I>>, (Var<S>,)> {
    Call::new(ChannelVariance(PhantomData), (x,))
}

impl<I: Send + Sync + Clone + 'static, S: AxisDim<I>> Op<(S,)> for ChannelMean<I> {
    type Out = (S::Dim,);
    type Level = levels::Field;
    const NAME: &'static str = "channel_mean";

    fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> Var<(S::Dim,)> {
        let others = (0..S::RANK).filter(|&axis| axis != S::AXIS).collect();
        let count = (0..S::RANK).filter(|&axis| axis != S::AXIS);
        let count = count.map(|axis| S::DIMS[axis]).product();
        r.scale(
            r.prim::<(S::Dim,)>(primitives::Reduce(Reduction::Sum, others), (x,)),
            over(1, count),
        )
    }
}

impl<I: Send + Sync + Clone + 'static, S: AxisDim<I>> Op<(S,)> for ChannelVariance<I> {
    type Out = (S::Dim,);
    type Level = levels::Field;
    const NAME: &'static str = "channel_variance";

    fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> Var<(S::Dim,)> {
        let centred = r.sub_same(x, r.by_channel::<I, S>(r.channel_mean::<I, S>(x)));
        r.channel_mean::<I, S>(r.mul_same(centred, centred))
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`channel_mean`].
    #[track_caller]
    pub fn channel_mean<I: Send + Sync + Clone + 'static, S: AxisDim<I>>(
        &self,
        x: Var<S>,
    ) -> Var<(S::Dim,)>
    where
        N: Includes<levels::Field>,
    {
        self.record(Call::new(ChannelMean::<I>(PhantomData), (x,)))
    }

    /// Records [`channel_variance`].
    #[track_caller]
    pub fn channel_variance<I: Send + Sync + Clone + 'static, S: AxisDim<I>>(
        &self,
        x: Var<S>,
    ) -> Var<(S::Dim,)>
    where
        N: Includes<levels::Field>,
    {
        self.record(Call::new(ChannelVariance::<I>(PhantomData), (x,)))
    }

    /// One number for each channel, repeated along every axis but `I`.
    #[track_caller]
    pub fn by_channel<I, S: AxisDim<I>>(&self, x: Var<(S::Dim,)>) -> Var<S> {
        self.prim(primitives::Broadcast(Dims::of::<S>(), vec![S::AXIS]), (x,))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        channel_mean:
        small(|x: [5, 7]| channel_mean(x, 0));
        small(|x: [2, 3, 4]| channel_mean(x, 1));
        middle(|x: [3, 4, 2, 5]| channel_mean(x, 1));
    }

    law_tests! {
        channel_variance:
        small(|x: [6, 5]| channel_variance(x, 1));
        small(|x: [2, 4, 3]| channel_variance(x, 1));
        middle(|x: [3, 4, 2, 5]| channel_variance(x, 1));
    }
}
