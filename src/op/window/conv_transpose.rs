//! Transposed convolutions, of images and of signals.

use super::conv2d::{BiasOf, ConvBias, images, with_bias};
use crate::dim::N;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Contract, Program, ProgramError, Window, primitives};
use crate::scalar::levels;
use crate::shape::{ConvolveTransposed, If, Shape};
use crate::tensor::Dims;
use core::marker::PhantomData;

/// The op of [`conv_transpose2d`]: `W` is a [`ConvWindow`](crate::shape::ConvWindow), maybe with an output padding.
#[derive(Clone, Copy, Debug)]
pub struct ConvTranspose2d<W>(PhantomData<W>);

/// The op of [`conv_transpose1d`]: `W` is a [`ConvWindow1d`](crate::shape::ConvWindow1d), maybe with an output padding.
#[derive(Clone, Copy, Debug)]
pub struct ConvTranspose1d<W>(PhantomData<W>);

/// The transpose of a convolution, `y[b, o, i·stride + m·dilation - padding, …] += x[b, c, i, j] w[c, o, m, n]` over all `c`, `i`,
/// `j`, `m` and `n`, plus `bias[o]`: the VJP of [`conv2d`](fn@crate::op::conv2d) with the same window, which goes from few pixels to many.
///
/// For images `x: (B, C, H, W)`, filters `w: (C, O / G, KH, KW)`, and a bias `(O,)` or [`NoBias`](crate::op::NoBias); `y` is `(B, O, OH, OW)`,
/// with `OH = (H - 1) stride - 2 padding + dilation (KH - 1) + rest + 1`, as in PyTorch, and its layout of `w`. The padding is that
/// of the convolution: it makes `y` smaller. `rest` is 0, or what
/// [`output_padding`](crate::shape::ConvWindow::output_padding) of the window says: rows that the convolution leaves out, which have
/// the bias alone, or what the dilated kernel reaches. Every semiring.
/// Sources: Dumoulin and Visin, *A guide to convolution arithmetic for deep learning* (2016), 4; PyTorch's `ConvTranspose2d`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1, 2, 1], w: [1, 1, 2, 2]| {
///     conv_transpose2d(x, w, NoBias, ConvWindow::new())
/// });
/// let x = tlist![Tensor::from([[[[1.0], [10.0]]]]), Tensor::from([[[[1.0, 2.0], [3.0, 4.0]]]])];
/// assert_eq!(g.value(&x, ()), Tensor::from([[[[1.0, 2.0], [13.0, 24.0], [30.0, 40.0]]]]));
///
/// // Twice as high and as wide.
/// let g = graph!(|x: [1, 2, 4, 3], w: [2, 5, 3, 3], b: [5]| {
///     conv_transpose2d(x, w, b, ConvWindow::new().stride::<2, 2>().padding::<1, 1>().output_padding::<1, 1>())
/// });
/// let y = g.value(&tlist![Tensor::<f64, _>::ones(), Tensor::ones(), Tensor::ones()], ());
/// assert_eq!(y.dims(), [1, 5, 8, 6]);
/// ```
pub fn conv_transpose2d<S: Shape, R: Shape, B: ConvBias, W>(
    x: Var<S>,
    w: Var<R>,
    bias: B,
    window: W,
) -> Call<ConvTranspose2d<W>, B::With<S, R>> {
    let _ = window; // its type says it all
    Call::new(ConvTranspose2d(PhantomData), bias.with(x, w))
}

/// `y[b, o, i·stride + m·dilation - padding] += x[b, c, i] w[c, o, m]` over all `c`, `i` and `m`, plus `bias[o]`: as
/// [`conv_transpose2d`], of signals `x: (B, C, L)`, filters `w: (C, O / G, K)` and a bias `(O,)` or [`NoBias`](crate::op::NoBias).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1, 2], w: [1, 1, 2]| conv_transpose1d(x, w, NoBias, ConvWindow1d::new().stride::<3>()));
/// let x = tlist![Tensor::from([[[1.0, 10.0]]]), Tensor::from([[[2.0, 3.0]]])];
/// assert_eq!(g.value(&x, ()), Tensor::from([[[2.0, 3.0, 0.0, 20.0, 30.0]]]));
/// ```
pub fn conv_transpose1d<S: Shape, R: Shape, B: ConvBias, W>(
    x: Var<S>,
    w: Var<R>,
    bias: B,
    window: W,
) -> Call<ConvTranspose1d<W>, B::With<S, R>> {
    let _ = window; // its type says it all
    Call::new(ConvTranspose1d(PhantomData), bias.with(x, w))
}

/// The two impls of each: with a bias and without.
macro_rules! transposed {
    ($Op:ident, $name:literal, $axes:literal) => {
        impl<S, R, B, W> Op<(S, R, B)> for $Op<W>
        where
            S: ConvolveTransposed<N<$axes>, R, W>,
            R: Shape,
            B: BiasOf<S::Out>,
            W: Clone + Send + Sync + 'static,
        {
            type Out = If<S::Out, B::Checked>;
            type Level = levels::Semiring;
            const NAME: &'static str = $name;

            fn forward(
                &self,
                r: &Recorder<levels::Semiring>,
                (x, w, bias): (Var<S>, Var<R>, Var<B>),
            ) -> Var<B::Checked> {
                with_bias(r, transposed::<S, R, W, N<$axes>>(r, (x, w)), bias)
            }
        }

        impl<S, R, W> Op<(S, R)> for $Op<W>
        where
            S: ConvolveTransposed<N<$axes>, R, W>,
            R: Shape,
            W: Clone + Send + Sync + 'static,
        {
            type Out = S::Out;
            type Level = levels::Semiring;
            const NAME: &'static str = $name;

            fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>, Var<R>)) -> Var<S::Out> {
                transposed::<S, R, W, N<$axes>>(r, x)
            }
        }
    };
}

transposed!(ConvTranspose2d, "conv_transpose2d", 2);
transposed!(ConvTranspose1d, "conv_transpose1d", 1);

/// Without a bias.
fn transposed<S: ConvolveTransposed<Axes, R, W>, R: Shape, W, Axes>(
    r: &Recorder<levels::Semiring>,
    x: (Var<S>, Var<R>),
) -> Var<S::Out> {
    let [x_dims, w_dims, y_dims] = [Dims::of::<S>(), Dims::of::<R>(), Dims::of::<S::Out>()];
    let kernel = images(&w_dims);
    let window = Window {
        kernel: [kernel[2], kernel[3]],
        stride: S::STRIDE,
        padding: S::PADDING,
        dilation: S::DILATION,
    };
    r.program(spread(window, S::GROUPS, x_dims, w_dims, y_dims), x)
}

/// Not generic over the shapes. Each pixel of `x` gives a patch, and the patches are folded, as in the VJP of a convolution.
fn spread(
    window: Window,
    groups: usize,
    x: Dims,
    w: Dims,
    y: Dims,
) -> Result<Program, ProgramError> {
    let [from, weights, to] = [&x, &w, &y].map(images);
    let (batch, places) = (from[0], from[2] * from[3]);
    let (channels, patch) = (from[1] / groups, weights[1] * window.size());
    let reshape = |sizes: &[usize]| primitives::Reshape(Dims::new(sizes));
    let mut program = Program::new(&[x, w]);
    let pixels = program.push(reshape(&[batch, groups, channels, places]), &[0])?;
    let weights = program.push(reshape(&[groups, channels, patch]), &[1])?;
    // Labels: 0 group, 1 channel, 2 entry of a patch, 3 image, 4 place.
    let patches = Contract::new([0, 1, 2], [3, 0, 1, 4], [3, 0, 2, 4]);
    let patches = program.push(patches, &[weights, pixels])?;
    let patches = program.push(reshape(&[batch, to[1], window.size(), places]), &[patches])?;
    let folded = program.push(primitives::Fold(window, [to[2], to[3]]), &[patches])?;
    let result = match y.len() {
        4 => folded,
        _ => program.push(primitives::Reshape(y), &[folded])?,
    };
    program.set_outputs(&[result])?;
    Ok(program)
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        conv_transpose2d:
        small(|x: [2, 3, 2, 4], w: [3, 2, 2, 3], b: [2]| {
            conv_transpose2d(x, w, b, ConvWindow::new().padding::<0, 1>())
        });
        small(|x: [3, 4, 5, 2], w: [4, 3, 4, 2], b: [6]| {
            conv_transpose2d(x, w, b, ConvWindow::new().stride::<1, 2>().groups::<2>().output_padding::<0, 1>())
        });
        middle(|x: [3, 4, 2, 5], w: [4, 3, 2, 5]| {
            conv_transpose2d(x, w, NoBias, ConvWindow::new().stride::<2, 1>().padding::<1, 1>().dilation::<1, 2>().groups::<2>())
        });
        like_axes("twice four different sizes are up to 3024 elements an image");
        ranks("of a batch of images");
    }

    law_tests! {
        conv_transpose1d:
        small(|x: [2, 3, 4], w: [3, 4, 2], b: [4]| conv_transpose1d(x, w, b, ConvWindow1d::new().padding::<1>()));
        small(|x: [3, 4, 3], w: [4, 3, 3], b: [6]| {
            conv_transpose1d(x, w, b, ConvWindow1d::new().stride::<2>().groups::<2>().output_padding::<1>())
        });
        middle(|x: [3, 4, 7], w: [4, 3, 2]| {
            conv_transpose1d(x, w, NoBias, ConvWindow1d::new().stride::<3>().padding::<1>().dilation::<2>().groups::<2>())
        });
        like_axes("six different sizes, with groups that divide some");
        ranks("of a batch of signals");
    }

    /// Its value is the VJP of the convolution by its images, and its cotangents are the convolution and the VJP by the
    /// weights. Exact: the numbers are small integers.
    #[test]
    fn the_adjoint_of_a_convolution() {
        let transposed = graph!(|x: [2, 4, 3, 2], w: [4, 3, 3, 2]| {
            conv_transpose2d(x, w, NoBias, ConvWindow::new()
                .stride::<2, 3>().padding::<1, 0>().dilation::<1, 2>().groups::<2>().output_padding::<1, 2>())
        });
        let convolution = graph!(|x: [2, 6, 6, 8], w: [4, 3, 3, 2]| {
            conv2d(x, w, NoBias, ConvWindow::new().stride::<2, 3>().padding::<1, 0>().dilation::<1, 2>().groups::<2>())
        });
        let rng = &mut fastrand::Rng::with_seed(3);
        let mut draw = || f64::from(rng.i32(-9..10));
        let x = Tensor::<f64, shape![2, 4, 3, 2]>::from_fn(|_| draw());
        let w = Tensor::<f64, shape![4, 3, 3, 2]>::from_fn(|_| draw());
        let image = Tensor::<f64, shape![2, 6, 6, 8]>::from_fn(|_| draw());
        let (y, tlist![dx, dw]) = transposed.vjp(&tlist![x.clone(), w.clone()], (), &image);
        let (convolved, tlist![expected, expected_dw]) = convolution.vjp(&tlist![image, w], (), &x);
        assert_eq!((y, dx, dw), (expected, convolved, expected_dw));
    }

    /// The definition, in loops. Exact: the numbers are small integers.
    #[test]
    fn as_written_by_hand() {
        let g = graph!(|x: [2, 4, 5], w: [4, 3, 3], b: [6]| {
            conv_transpose1d(x, w, b, ConvWindow1d::new()
                .stride::<3>().padding::<2>().dilation::<2>().groups::<2>().output_padding::<1>())
        });
        let rng = &mut fastrand::Rng::with_seed(3);
        let mut draw = || f64::from(rng.i32(-9..10));
        let x = Tensor::<f64, shape![2, 4, 5]>::from_fn(|_| draw());
        let w = Tensor::<f64, shape![4, 3, 3]>::from_fn(|_| draw());
        let b = Tensor::<f64, shape![6]>::from_fn(|_| draw());
        let y = g.value(&tlist![x.clone(), w.clone(), b.clone()], ());
        // 4·3 - 2·2 + 2·2 + 1 + 1
        let mut expected = Tensor::<f64, shape![2, 6, 14]>::from_fn(|[_, o, _]| b[[o]]);
        for place in 0..2 * 4 * 5 * 3 * 3_usize {
            let [image, c, i, o, m] = [
                place / 180,
                place / 45 % 4,
                place / 9 % 5,
                place / 3 % 3,
                place % 3,
            ];
            match (3 * i + 2 * m).checked_sub(2) {
                Some(at) if at < 14 => {
                    expected[[image, c / 2 * 3 + o, at]] += x[[image, c, i]] * w[[c, o, m]];
                }
                _ => {}
            }
        }
        assert_eq!(y, expected);
    }

    /// Of no image nothing is spread but the bias, which there is none of either.
    #[test]
    fn of_no_image() {
        let g = graph!(|x: [0, 1, 2, 2], w: [1, 1, 2, 2], b: [1]| conv_transpose2d(x, w, b, ConvWindow::new()));
        let x = tlist![Tensor::<f64, _>::zeros(), Tensor::ones(), Tensor::ones()];
        let (y, tlist![dx, dw, db]) = g.vjp(&x, (), &Tensor::zeros());
        assert_eq!(
            (y, dx, dw, db),
            (
                Tensor::zeros(),
                Tensor::zeros(),
                Tensor::zeros(),
                Tensor::zeros()
            )
        );
    }
}
