//! Two-dimensional convolution.

use crate::op::{Call, Op, Recorder, Var, Vars};
use crate::program::{Contract, Program, ProgramError, Window, primitives};
use crate::scalar::levels;
use crate::shape::{Axis, AxisDim, Convolve, If, Is, Shape};
use crate::tensor::Dims;
use core::marker::PhantomData;

/// The op of [`conv2d`]: `W` is a [`ConvWindow`](crate::shape::ConvWindow).
#[derive(Clone, Copy, Debug)]
pub struct Conv2d<W>(PhantomData<W>);

/// `y[b, o, i, j] = Σ x[b, c, i·stride + m·dilation - padding, …] w[o, c, m, n] + bias[o]`, over `c`, `m`, `n`, with zeros
/// outside the image.
///
/// For images `x: (B, C, H, W)`, filters `w: (O, C / G, KH, KW)`, and a bias `(O,)` or [`NoBias`]; `y` is `(B, O, OH, OW)`, with `OH = ⌊(H + 2
/// padding - dilation (KH - 1) - 1) / stride⌋ + 1`. Stride, padding, dilation and the `G` groups are those of the
/// window; the filters of a group see the channels of that group only. Every semiring. As in PyTorch, no filter is
/// turned around: it is a cross-correlation. It is computed as one matrix product an image and a group, of the filters and the
/// patches, which take `KH KW` times the memory of the images; a plan does not store them. The zeros of the padding are
/// numbers like others: an infinite weight times one of them is NaN, as in JAX over singles.
/// Source: Dumoulin and Visin, *A guide to convolution arithmetic for deep learning* (2016).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1, 3, 3], w: [1, 1, 2, 2], b: [1]| conv2d(x, w, b, ConvWindow::new()));
/// let x = Tensor::from([[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]]);
/// let w = Tensor::from([[[[1.0, 0.0], [0.0, 10.0]]]]);
/// let y = g.value(&tlist![x.clone(), w.clone(), Tensor::from([0.5])], ());
/// assert_eq!(y, Tensor::from([[[[51.5, 62.5], [84.5, 95.5]]]]));
///
/// let g = graph!(|x: [1, 1, 3, 3], w: [1, 1, 2, 2]| {
///     conv2d(x, w, NoBias, ConvWindow::new().stride::<3, 3>().padding::<1, 1>())
/// });
/// let y = g.value(&tlist![x, w], ());
/// assert_eq!(y, Tensor::from([[[[10.0, 0.0], [0.0, 9.0]]]]));
/// ```
///
/// A layer over images of any size has one bound, the convolution, which also says what comes of it:
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::shape::Convolve;
/// /// A border of one.
/// type Bordered = ConvWindow<(N<1>, N<1>), (N<1>, N<1>)>;
/// graph! {
///     fn layer<B: Dim, C: Dim, O: Dim, H: Dim, W: Dim>(x: [B, C, H, W], w: [O, C, 3, 3], bias: [O]) -> [B, O, H, W]
///     where
///         shape![B, C, H, W]: Convolve<shape![O, C, 3, 3], Bordered, Out = shape![B, O, H, W]>,
///     {
///         relu(conv2d(x, w, bias, Bordered::default()))
///     }
/// }
/// let y = layer::<f64, N<1>, N<2>, N<3>, N<8>, N<9>>().value(&tlist![Tensor::ones(), Tensor::ones(), Tensor::ones()], ());
/// assert_eq!((y.dims(), y[[0, 0, 0, 0]]), (&[1, 3, 8, 9][..], 9.0));
/// ```
pub fn conv2d<S: Shape, R: Shape, B: ConvBias, W>(
    x: Var<S>,
    w: Var<R>,
    bias: B,
    window: W,
) -> Call<Conv2d<W>, B::With<S, R>> {
    let _ = window; // its type says it all
    Call::new(Conv2d(PhantomData), bias.with(x, w))
}

/// In the place of a bias of [`conv2d`] that has none, such as before a `batch_norm`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1, 1, 3], w: [1, 1, 1, 2]| conv2d(x, w, NoBias, ConvWindow::new()));
/// let y = g.value(&tlist![Tensor::from([[[[1.0, 2.0, 3.0]]]]), Tensor::ones()], ());
/// assert_eq!(y, Tensor::from([[[[3.0, 5.0]]]]));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct NoBias;

/// A bias of [`conv2d`], or [`NoBias`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no bias of a convolution",
    label = "expected a vector with a number for each filter, or `NoBias`; docs/errors.md#c07"
)]
pub trait ConvBias {
    /// What is convolved, with the bias.
    type With<S: Shape, R: Shape>: Vars;
    /// The inputs of the op.
    fn with<S: Shape, R: Shape>(self, x: Var<S>, w: Var<R>) -> Self::With<S, R>;
}

#[diagnostic::do_not_recommend]
impl<B: Shape> ConvBias for Var<B> {
    type With<S: Shape, R: Shape> = (Var<S>, Var<R>, Var<B>);
    fn with<S: Shape, R: Shape>(self, x: Var<S>, w: Var<R>) -> Self::With<S, R> {
        (x, w, self)
    }
}

#[diagnostic::do_not_recommend]
impl ConvBias for NoBias {
    type With<S: Shape, R: Shape> = (Var<S>, Var<R>);
    fn with<S: Shape, R: Shape>(self, x: Var<S>, w: Var<R>) -> Self::With<S, R> {
        (x, w)
    }
}

/// A bias with a number for each channel of the images `Y`.
#[diagnostic::on_unimplemented(
    message = "a bias `{Self}` does not go with images `{Y}`",
    label = "expected a vector with a number for each filter, `(O,)` of a weight `(O, ..)`",
    note = "docs/errors.md#c07"
)]
pub trait BiasOf<Y>: Shape {
    /// `Y`.
    type Checked: Shape;
}

#[diagnostic::do_not_recommend]
impl<B: Shape + Is<(Y::Dim,)>, Y: AxisDim<Axis<1>>> BiasOf<Y> for B {
    type Checked = Y;
}

impl<S, R, B, W> Op<(S, R, B)> for Conv2d<W>
where
    S: Convolve<R, W>,
    R: Shape,
    B: BiasOf<S::Out>,
    W: Clone + Send + Sync + 'static,
{
    type Out = If<S::Out, B::Checked>;
    type Level = levels::Semiring;
    const NAME: &'static str = "conv2d";

    fn forward(
        &self,
        r: &Recorder<levels::Semiring>,
        (x, w, bias): (Var<S>, Var<R>, Var<B>),
    ) -> Var<B::Checked> {
        with_bias(r, convolved::<S, R, W>(r, (x, w)), bias)
    }
}

impl<S, R, W> Op<(S, R)> for Conv2d<W>
where
    S: Convolve<R, W>,
    R: Shape,
    W: Clone + Send + Sync + 'static,
{
    type Out = S::Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "conv2d";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>, Var<R>)) -> Var<S::Out> {
        convolved::<S, R, W>(r, x)
    }
}

/// A number more for each channel.
pub(super) fn with_bias<Y: Shape, B: BiasOf<Y>>(
    r: &Recorder<levels::Semiring>,
    y: Var<Y>,
    bias: Var<B>,
) -> Var<B::Checked> {
    let by_channel = primitives::Broadcast(Dims::of::<Y>(), vec![1]);
    r.add_same(r.typed(y.id()), r.prim(by_channel, (bias,)))
}

/// Without a bias.
fn convolved<S: Convolve<R, W>, R: Shape, W>(
    r: &Recorder<levels::Semiring>,
    x: (Var<S>, Var<R>),
) -> Var<S::Out> {
    let window = Window {
        kernel: [R::DIMS[2], R::DIMS[3]],
        stride: S::STRIDE,
        padding: S::PADDING,
        dilation: S::DILATION,
    };
    let [x_dims, w_dims, y_dims] = [Dims::of::<S>(), Dims::of::<R>(), Dims::of::<S::Out>()];
    r.program(lowered(window, S::GROUPS, x_dims, w_dims, y_dims), x)
}

/// The dims of images; those of signals, as of images of one row.
pub(super) fn images(dims: &Dims) -> Dims {
    match **dims {
        [batch, channels, length] => Dims::new(&[batch, channels, 1, length]),
        _ => dims.clone(),
    }
}

/// Not generic over the shapes. `x`, `w` and `y` are dims of images, or of signals.
pub(super) fn lowered(
    window: Window,
    groups: usize,
    x: Dims,
    w: Dims,
    y: Dims,
) -> Result<Program, ProgramError> {
    let [from, weights, to] = [&x, &w, &y].map(images);
    let (batch, places) = (to[0], to[2] * to[3]);
    let (filters, patch) = (to[1] / groups, weights[1] * window.size());
    let reshape = |sizes: &[usize]| primitives::Reshape(Dims::new(sizes));
    let is_images = from == x;
    let mut program = Program::new(&[x, w]);
    let pixels = match is_images {
        true => 0,
        false => program.push(primitives::Reshape(from), &[0])?,
    };
    let unfolded = program.push(primitives::Unfold(window), &[pixels])?;
    let patches = program.push(reshape(&[batch, groups, patch, places]), &[unfolded])?;
    let weights = program.push(reshape(&[groups, filters, patch]), &[1])?;
    // Labels: 0 group, 1 filter, 2 entry of a patch, 3 image, 4 place. So neither patches nor products change their order.
    let by_image = Contract::new([0, 1, 2], [3, 0, 2, 4], [3, 0, 1, 4]);
    let by_image = program.push(by_image, &[weights, patches])?;
    let result = program.push(primitives::Reshape(y), &[by_image])?;
    program.set_outputs(&[result])?;
    Ok(program)
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        conv2d:
        small(|x: [2, 3, 2, 5], w: [3, 3, 2, 4], b: [3]| conv2d(x, w, b, ConvWindow::new().padding::<1, 0>()));
        small(|x: [3, 4, 4, 6], w: [4, 2, 3, 2], b: [4]| {
            conv2d(x, w, b, ConvWindow::new().dilation::<1, 2>().groups::<2>())
        });
        middle(|x: [3, 6, 2, 5], w: [6, 3, 2, 4]| {
            conv2d(x, w, NoBias, ConvWindow::new().stride::<2, 1>().padding::<1, 1>().groups::<2>())
        });
        like_axes("twice four different sizes are up to 3024 elements an image");
        ranks("of a batch of images");
    }

    /// Of no image nothing is convolved, and the weights have no cotangent.
    #[test]
    fn of_no_image() {
        let g = graph!(|x: [0, 1, 2, 2], w: [1, 1, 2, 2]| conv2d(x, w, NoBias, ConvWindow::new()));
        let x = tlist![Tensor::<f64, _>::zeros(), Tensor::ones()];
        let (y, tlist![dx, dw]) = g.vjp(&x, (), &Tensor::zeros());
        assert_eq!(
            (y, dx, dw),
            (Tensor::zeros(), Tensor::zeros(), Tensor::zeros())
        );
    }

    /// Padding is zeros, and zero times an infinity is no number. Within the image there is none.
    #[test]
    fn an_infinite_weight() {
        let g = graph!(|x: [1, 1, 1, 3], w: [1, 1, 1, 3]| {
            conv2d(x, w, NoBias, ConvWindow::new().padding::<0, 1>())
        });
        let w = Tensor::from([[[[f64::INFINITY, 0.0, 0.0]]]]);
        let y = g.value(&tlist![Tensor::ones(), w], ());
        assert!(y.as_slice()[0].is_nan());
        assert_eq!(y.as_slice()[1..], [f64::INFINITY; 2]);
    }

    /// The definition, in seven loops, over images of 7 by 6. Exact: the numbers are small integers.
    fn loops(
        x: &AnyTensor<f64>,
        w: &AnyTensor<f64>,
        dy: &AnyTensor<f64>,
        [stride, padding, dilation]: [[usize; 2]; 3],
        groups: usize,
    ) -> [Vec<f64>; 3] {
        let (xd, wd, yd) = (x.dims(), w.dims(), dy.dims());
        let (mut y, mut dx, mut dw) = (
            vec![0.0; yd.count()],
            vec![0.0; xd.count()],
            vec![0.0; wd.count()],
        );
        let at = |d: &[usize], i: [usize; 4]| ((i[0] * d[1] + i[1]) * d[2] + i[2]) * d[3] + i[3];
        for b in 0..yd[0] {
            for o in 0..yd[1] {
                for row in 0..yd[2] {
                    for column in 0..yd[3] {
                        for c in 0..wd[1] {
                            for m in 0..wd[2] {
                                for n in 0..wd[3] {
                                    let channel = o / (wd[0] / groups) * wd[1] + c;
                                    let h = row * stride[0] + m * dilation[0];
                                    let v = column * stride[1] + n * dilation[1];
                                    if h < padding[0]
                                        || v < padding[1]
                                        || h - padding[0] >= xd[2]
                                        || v - padding[1] >= xd[3]
                                    {
                                        continue;
                                    }
                                    let i = at(xd, [b, channel, h - padding[0], v - padding[1]]);
                                    let j = at(wd, [o, c, m, n]);
                                    let k = at(yd, [b, o, row, column]);
                                    y[k] += x.as_slice()[i] * w.as_slice()[j];
                                    dx[i] += dy.as_slice()[k] * w.as_slice()[j];
                                    dw[j] += dy.as_slice()[k] * x.as_slice()[i];
                                }
                            }
                        }
                    }
                }
            }
        }
        [y, dx, dw]
    }

    macro_rules! against_loops {
        ($($name:ident: $x:tt $w:tt $y:tt, $window:expr, $geometry:expr, $groups:literal;)*) => {$(
            #[test]
            fn $name() {
                let g = graph!(|x: $x, w: $w| conv2d(x, w, NoBias, { $window }));
                let rng = &mut fastrand::Rng::with_seed(3);
                let mut draw = || f64::from(rng.i32(-9..10));
                let x = Tensor::<f64, shape! $x>::from_fn(|_| draw());
                let w = Tensor::<f64, shape! $w>::from_fn(|_| draw());
                let dy = Tensor::<f64, shape! $y>::from_fn(|_| draw());
                let (y, tlist![dx, dw]) = g.vjp(&tlist![x.clone(), w.clone()], (), &dy);
                let expected = loops(&x.to_any(), &w.to_any(), &dy.to_any(), $geometry, $groups);
                assert_eq!([y.into_vec(), dx.into_vec(), dw.into_vec()], expected);
            }
        )*};
    }

    against_loops! {
        plain: [2, 3, 7, 6] [4, 3, 3, 2] [2, 4, 5, 5], ConvWindow::new(), [[1, 1], [0, 0], [1, 1]], 1;
        stride: [2, 3, 7, 6] [4, 3, 3, 2] [2, 4, 3, 2],
            ConvWindow::new().stride::<2, 3>(), [[2, 3], [0, 0], [1, 1]], 1;
        padding: [2, 3, 7, 6] [4, 3, 3, 2] [2, 4, 7, 9],
            ConvWindow::new().padding::<1, 2>().dilation::<1, 1>(), [[1, 1], [1, 2], [1, 1]], 1;
        dilation: [2, 3, 7, 6] [4, 3, 3, 2] [2, 4, 3, 3],
            ConvWindow::new().dilation::<2, 3>(), [[1, 1], [0, 0], [2, 3]], 1;
        groups: [2, 4, 7, 6] [6, 2, 3, 2] [2, 6, 5, 5],
            ConvWindow::new().groups::<2>(), [[1, 1], [0, 0], [1, 1]], 2;
        depthwise: [2, 3, 7, 6] [6, 1, 3, 2] [2, 6, 5, 5],
            ConvWindow::new().groups::<3>(), [[1, 1], [0, 0], [1, 1]], 3;
        all: [2, 4, 7, 6] [6, 2, 2, 3] [2, 6, 4, 2],
            ConvWindow::new().stride::<2, 3>().padding::<1, 2>().dilation::<2, 3>().groups::<2>(),
            [[2, 3], [1, 2], [2, 3]], 2;
    }
}
