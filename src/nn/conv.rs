//! Convolutions of signals and of images.

use crate::dim::{Dim, Positive};
use crate::op::{self, BiasOf};
use crate::scalar::Semiring;
use crate::shape::{ConvWindow, ConvWindow1d, Convolve, Convolve1d, Shape};
use cotangent_macros::{graph, shape};

/// A window that moves by `Stride` in both directions, with `Padding` zeros at each side.
type Square<Stride, Padding> = ConvWindow<(Stride, Stride), (Padding, Padding)>;

graph! {
    /// `O` filters of length `K` for signals of `C` channels, and a bias for each, of [`conv1d`](conv1d()). The filters are
    /// [`kaiming_uniform`](super::init::kaiming_uniform()), the bias 0.
    pub struct Conv1d<C: Dim, O: Dim, K: Dim> {
        /// The filters.
        #[init(kaiming_uniform().filters())]
        pub weight: [O, C, K],
        /// What is added to each filter's result.
        pub bias: [O],
    }

    /// The signals, convolved: `(B, C, L)` to `(B, O, ⌊(L + 2 padding - K) / stride⌋ + 1)`. The stride and the padding are arguments:
    /// `conv1d(x, p, 1, 1)`. Of other windows, groups and dilations it is the op, [`conv1d`](op::conv1d()).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{Conv1d, conv1d};
    ///     fn steps(x: [1, 1, 4], p: Conv1d<1, 1, 2>) -> [1, 1, 3] { conv1d(x, p, 1, 0) }
    /// }
    /// let p = Conv1d::of(Tensor::from([[[-1.0, 1.0]]]), Tensor::zeros()); // how much each number is above the one before
    /// let y = steps::<f64>().value((&Tensor::from([[[1.0, 4.0, 9.0, 16.0]]]), &p), ());
    /// assert_eq!(y, Tensor::from([[[3.0, 5.0, 7.0]]]));
    /// ```
    pub fn conv1d<B: Dim, C: Dim, L: Dim, O: Dim, K: Dim, Y: Shape, Stride: Positive, Padding: Dim>(
        x: [B, C, L],
        p: Conv1d<C, O, K>,
    ) -> Y
    where
        A: Semiring,
        shape![B, C, L]: Convolve1d<shape![O, C, K], ConvWindow1d<Stride, Padding>, Out = Y>,
        shape![O]: BiasOf<Y, Checked = Y>,
    {
        op::conv1d(x, p.weight, p.bias, { ConvWindow1d::<Stride, Padding>::default() })
    }

    /// `O` filters of `K` by `K` for images of `C` channels, and a bias for each, of [`conv2d`](conv2d()). The filters are
    /// [`kaiming_uniform`](super::init::kaiming_uniform()), the bias 0.
    pub struct Conv2d<C: Dim, O: Dim, K: Dim> {
        /// The filters.
        #[init(kaiming_uniform().filters())]
        pub weight: [O, C, K, K],
        /// What is added to each filter's result.
        pub bias: [O],
    }

    /// The images, convolved: `(B, C, H, W)` to `(B, O, H', W')`. The stride and the padding, the same in both directions, are
    /// arguments: `conv2d(x, p, 1, 1)`. Of other windows, groups and dilations it is the op, [`conv2d`](op::conv2d()).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{Conv2d, conv2d};
    ///     fn features(x: [2, 1, 28, 28], p: Conv2d<1, 8, 3>) -> [2, 8, 14, 14] { relu(conv2d(x, p, 2, 1)) }
    /// }
    /// let p: Parameters<f32, Conv2d<N<1>, N<8>, N<3>>> = Conv2d::init(Key::new(7));
    /// assert!(p.weight.iter().all(|w| w.abs() <= (6.0_f32 / 9.0).sqrt()));
    /// assert_eq!(features().value((&Tensor::zeros(), &p), ()), Tensor::zeros());
    /// ```
    pub fn conv2d<B: Dim, C: Dim, H: Dim, W: Dim, O: Dim, K: Dim, Y: Shape, Stride: Positive, Padding: Dim>(
        x: [B, C, H, W],
        p: Conv2d<C, O, K>,
    ) -> Y
    where
        A: Semiring,
        shape![B, C, H, W]: Convolve<shape![O, C, K, K], Square<Stride, Padding>, Out = Y>,
        shape![O]: BiasOf<Y, Checked = Y>,
    {
        op::conv2d(x, p.weight, p.bias, { ConvWindow::<(Stride, Stride), (Padding, Padding)>::default() })
    }
}
