//! Batch normalization, with running statistics.

use crate::dim::Dim;
use crate::op::{self, channel_mean, channel_variance};
use crate::shape::{Axis, AxisDim, Shape};
use cotangent_macros::graph;

graph! {
    /// What each channel is multiplied by after it is normed, and what is added to it: of [`batch_norm`](batch_norm()). Ones and
    /// zeros.
    pub struct BatchNorm<C: Dim> {
        /// What the normed channel is multiplied by.
        #[init(ones())]
        pub gain: [C],
        /// What is added after that.
        pub shift: [C],
    }

    /// The running mean and variance of each channel: a state, which is not trained, but an input and a result of the loss. Zeros
    /// and ones.
    pub struct Statistics<C: Dim> {
        /// The mean.
        pub mean: [C],
        /// The variance, divided by the count of numbers.
        #[init(ones())]
        pub variance: [C],
    }

    /// Each channel with the mean 0 and the variance 1 over a batch, then scaled and shifted; and the statistics after it, to
    /// which those of the batch contribute a tenth. Channels are along the axis 1: `(B, C, ..)`.
    ///
    /// This is how it is trained: [`batch_norm`](op::batch_norm()), to whose variance 1e-5 is added. The running variance is that of the
    /// batch itself, as in JAX's libraries; PyTorch keeps `n / (n - 1)` of it.
    ///
    /// ```
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{BatchNorm, Statistics, batch_norm, batch_norm_inference};
    ///
    ///     /// The state comes first in the environment, and after the loss in the results.
    ///     fn loss(p: BatchNorm<2>; s: Statistics<2>, x: [4, 2]) -> ([], Statistics<2>) {
    ///         let (y, s) = batch_norm(x, p, s);
    ///         (mean(square(y - 1.0)), s)
    ///     }
    ///     fn predict(p: BatchNorm<2>; s: Statistics<2>, x: [1, 2]) -> [1, 2] { batch_norm_inference(x, p, s) }
    /// }
    /// let (p, s) = (BatchNorm::init(Key::new(0)), Statistics::init(Key::new(0)));
    /// let mut trainer = loss::<f64>().trainer_with_state(&sgd(0.1), &p, &s);
    /// let x = Tensor::from([[1.0, 0.0], [3.0, 0.0], [1.0, 4.0], [3.0, 4.0]]);
    /// trainer.step(&x);
    /// let s = trainer.state();
    /// assert_eq!(s.mean, Tensor::from([0.1 * 2.0, 0.1 * 2.0]));
    /// assert_eq!(s.variance, Tensor::from([0.9 + 0.1 * 1.0, 0.9 + 0.1 * 4.0]));
    /// let y = predict().value(&trainer.parameters(), (&s, &Tensor::from([[1.0, 2.0]])));
    /// assert_eq!(y.dims(), [1, 2]);
    /// ```
    pub fn batch_norm<S: Shape, C: Dim>(x: S, p: BatchNorm<C>, s: Statistics<C>) -> (S, Statistics<C>)
    where
        S: AxisDim<Axis<1>, Dim = C>,
    {
        let mean = 0.9 * s.mean + 0.1 * channel_mean(x, 1);
        let variance = 0.9 * s.variance + 0.1 * channel_variance(x, 1);
        (op::batch_norm(x, p.gain, p.shift, 1, 1e-5), Statistics { mean, variance })
    }

    /// Each channel less its running mean, over the root of its running variance, then scaled and shifted: for each sample alone,
    /// when the training is over.
    pub fn batch_norm_inference<S: Shape, C: Dim>(x: S, p: BatchNorm<C>, s: Statistics<C>) -> S
    where
        S: AxisDim<Axis<1>, Dim = C>,
    {
        op::batch_norm_inference(x, s.mean, s.variance, p.gain, p.shift, 1, 1e-5)
    }
}
