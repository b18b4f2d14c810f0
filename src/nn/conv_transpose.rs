//! Transposed convolutions, of signals and of images.

use crate::dim::{Dim, N, Positive};
use crate::op::{self, BiasOf};
use crate::scalar::Semiring;
use crate::shape::{ConvWindow, ConvWindow1d, ConvolveTransposed, OutputPadded, Shape};
use cotangent_macros::{graph, shape};

/// A window that moves by `Stride`, of whose result `Padding` is cut off at each side, with `Rest` more at the end.
type Line<Stride, Padding, Rest> = OutputPadded<ConvWindow1d<Stride, Padding>, Rest>;
/// The same in both directions.
type Square<Stride, Padding, Rest> =
    OutputPadded<ConvWindow<(Stride, Stride), (Padding, Padding)>, (Rest, Rest)>;

graph! {
    /// From `C` channels of a signal to `O`, by patches of `K`, and a bias for each, of [`conv_transpose1d`](conv_transpose1d()). The
    /// filters are [`kaiming_uniform`](super::init::kaiming_uniform()), the bias 0.
    pub struct ConvTranspose1d<C: Dim, O: Dim, K: Dim> {
        /// The patch that each channel gives to each of the result.
        #[init(kaiming_uniform().transposed_filters())]
        pub weight: [C, O, K],
        /// What is added to each channel of the result.
        pub bias: [O],
    }

    /// From `C` channels of images to `O`, by patches of `K` by `K`, and a bias for each, of [`conv_transpose2d`](conv_transpose2d()). The
    /// filters are [`kaiming_uniform`](super::init::kaiming_uniform()), the bias 0.
    pub struct ConvTranspose2d<C: Dim, O: Dim, K: Dim> {
        /// The patch that each channel gives to each of the result.
        #[init(kaiming_uniform().transposed_filters())]
        pub weight: [C, O, K, K],
        /// What is added to each channel of the result.
        pub bias: [O],
    }

    /// Signals, made longer: `(B, C, L)` to `(B, O, (L - 1) stride - 2 padding + K + rest)`. The stride, the padding and the rest at
    /// the end are arguments. Of other windows, groups and dilations it is the op,
    /// [`conv_transpose1d`](op::conv_transpose1d()).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{ConvTranspose1d, conv_transpose1d};
    ///     fn doubled(x: [1, 1, 3], p: ConvTranspose1d<1, 1, 2>) -> [1, 1, 6] { conv_transpose1d(x, p, 2, 0, 0) }
    /// }
    /// let p = ConvTranspose1d::of(Tensor::from([[[1.0, 0.5]]]), Tensor::zeros());
    /// let y = doubled::<f64>().value((&Tensor::from([[[2.0, 4.0, 6.0]]]), &p), ());
    /// assert_eq!(y, Tensor::from([[[2.0, 1.0, 4.0, 2.0, 6.0, 3.0]]]));
    /// ```
    pub fn conv_transpose1d<B: Dim, C: Dim, L: Dim, O: Dim, K: Dim, Y: Shape, Stride: Positive, Padding: Dim, Rest: Dim>(
        x: [B, C, L],
        p: ConvTranspose1d<C, O, K>,
    ) -> Y
    where
        A: Semiring,
        shape![B, C, L]: ConvolveTransposed<N<1>, shape![C, O, K], Line<Stride, Padding, Rest>, Out = Y>,
        shape![O]: BiasOf<Y, Checked = Y>,
    {
        op::conv_transpose1d(x, p.weight, p.bias, { Line::<Stride, Padding, Rest>::default() })
    }

    /// Images, made larger: `(B, C, H, W)` to `(B, O, H', W')`, where `H' = (H - 1) stride - 2 padding + K + rest`. The stride, the
    /// padding and the rest, the same in both directions, are arguments. Of others, groups and dilations it is the op,
    /// [`conv_transpose2d`](op::conv_transpose2d()).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{ConvTranspose2d, conv_transpose2d};
    ///     /// From 4 channels of 7 by 7 to images of 28 by 28.
    ///     fn painted(x: [2, 4, 7, 7], p: ConvTranspose2d<4, 8, 3>, q: ConvTranspose2d<8, 1, 3>) -> [2, 1, 28, 28] {
    ///         conv_transpose2d(relu(conv_transpose2d(x, p, 2, 1, 1)), q, 2, 1, 1)
    ///     }
    /// }
    /// let p: Parameters<f32, ConvTranspose2d<N<4>, N<8>, N<3>>> = ConvTranspose2d::init(Key::new(7));
    /// let q = ConvTranspose2d::of(Tensor::zeros(), Tensor::from([0.5])); // grey
    /// assert_eq!(painted().value((&Tensor::ones(), &p, &q), ()), Tensor::full(0.5));
    /// ```
    pub fn conv_transpose2d<
        B: Dim, C: Dim, H: Dim, W: Dim, O: Dim, K: Dim, Y: Shape, Stride: Positive, Padding: Dim, Rest: Dim,
    >(
        x: [B, C, H, W],
        p: ConvTranspose2d<C, O, K>,
    ) -> Y
    where
        A: Semiring,
        shape![B, C, H, W]: ConvolveTransposed<N<2>, shape![C, O, K, K], Square<Stride, Padding, Rest>, Out = Y>,
        shape![O]: BiasOf<Y, Checked = Y>,
    {
        op::conv_transpose2d(x, p.weight, p.bias, { Square::<Stride, Padding, Rest>::default() })
    }
}
