//! One-dimensional convolution.

use super::conv2d::{BiasOf, ConvBias, lowered, with_bias};
use crate::op::{Call, Op, Recorder, Var};
use crate::program::Window;
use crate::scalar::levels;
use crate::shape::{Convolve1d, If, Shape};
use crate::tensor::Dims;
use core::marker::PhantomData;

/// The op of [`conv1d`]: `W` is a [`ConvWindow1d`](crate::shape::ConvWindow1d).
#[derive(Clone, Copy, Debug)]
pub struct Conv1d<W>(PhantomData<W>);

/// `y[b, o, i] = Σ x[b, c, i·stride + m·dilation - padding] w[o, c, m] + bias[o]`, over `c` and `m`, with zeros outside of the signal.
///
/// For signals `x: (B, C, L)`, filters `w: (O, C / G, K)`, and a bias `(O,)` or [`NoBias`](crate::op::NoBias); `y` is `(B, O, OL)`, with
/// `OL = ⌊(L + 2 padding - dilation (K - 1) - 1) / stride⌋ + 1`. It is [`conv2d`](fn@crate::op::conv2d) of images of one row. Every semiring.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1, 4], w: [1, 1, 2], b: [1]| conv1d(x, w, b, ConvWindow1d::new().stride::<2>()));
/// let x = tlist![Tensor::from([[[1.0, 2.0, 3.0, 4.0]]]), Tensor::from([[[10.0, 1.0]]]), Tensor::from([0.5])];
/// assert_eq!(g.value(&x, ()), Tensor::from([[[12.5, 34.5]]]));
/// ```
pub fn conv1d<S: Shape, R: Shape, B: ConvBias, W>(
    x: Var<S>,
    w: Var<R>,
    bias: B,
    window: W,
) -> Call<Conv1d<W>, B::With<S, R>> {
    let _ = window; // its type says it all
    Call::new(Conv1d(PhantomData), bias.with(x, w))
}

impl<S, R, B, W> Op<(S, R, B)> for Conv1d<W>
where
    S: Convolve1d<R, W>,
    R: Shape,
    B: BiasOf<S::Out>,
    W: Clone + Send + Sync + 'static,
{
    type Out = If<S::Out, B::Checked>;
    type Level = levels::Semiring;
    const NAME: &'static str = "conv1d";

    fn forward(
        &self,
        r: &Recorder<levels::Semiring>,
        (x, w, bias): (Var<S>, Var<R>, Var<B>),
    ) -> Var<B::Checked> {
        with_bias(r, convolved::<S, R, W>(r, (x, w)), bias)
    }
}

impl<S, R, W> Op<(S, R)> for Conv1d<W>
where
    S: Convolve1d<R, W>,
    R: Shape,
    W: Clone + Send + Sync + 'static,
{
    type Out = S::Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "conv1d";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>, Var<R>)) -> Var<S::Out> {
        convolved::<S, R, W>(r, x)
    }
}

/// Without a bias.
fn convolved<S: Convolve1d<R, W>, R: Shape, W>(
    r: &Recorder<levels::Semiring>,
    x: (Var<S>, Var<R>),
) -> Var<S::Out> {
    let window = Window {
        kernel: [1, R::DIMS[2]],
        stride: [1, S::STRIDE],
        padding: [0, S::PADDING],
        dilation: [1, S::DILATION],
    };
    let [x_dims, w_dims, y_dims] = [Dims::of::<S>(), Dims::of::<R>(), Dims::of::<S::Out>()];
    r.program(lowered(window, S::GROUPS, x_dims, w_dims, y_dims), x)
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        conv1d:
        small(|x: [2, 3, 5], w: [4, 3, 2], b: [4]| conv1d(x, w, b, ConvWindow1d::new().padding::<1>()));
        small(|x: [3, 4, 6], w: [2, 2, 3], b: [2]| conv1d(x, w, b, ConvWindow1d::new().dilation::<2>().groups::<2>()));
        middle(|x: [3, 6, 9], w: [4, 3, 2]| {
            conv1d(x, w, NoBias, ConvWindow1d::new().stride::<2>().padding::<1>().groups::<2>())
        });
        like_axes("six different sizes, with groups that divide some");
        ranks("of a batch of signals");
    }

    /// It is `conv2d` of images of one row, to the last bit, value and cotangents.
    #[test]
    fn as_images_of_one_row() {
        let g = graph!(|x: [2, 4, 9], w: [6, 2, 3], b: [6]| {
            conv1d(x, w, b, ConvWindow1d::new().stride::<2>().padding::<2>().dilation::<2>().groups::<2>())
        });
        let rows = graph!(|x: [2, 4, 1, 9], w: [6, 2, 1, 3], b: [6]| {
            conv2d(x, w, b, ConvWindow::new().stride::<1, 2>().padding::<0, 2>().dilation::<1, 2>().groups::<2>())
        });
        let rng = &mut fastrand::Rng::with_seed(5);
        let x = Tensor::<f64, shape![2, 4, 9]>::uniform(-1.0..1.0, rng);
        let w = Tensor::<f64, shape![6, 2, 3]>::uniform(-1.0..1.0, rng);
        let b = Tensor::<f64, shape![6]>::uniform(-1.0..1.0, rng);
        let dy = Tensor::<f64, shape![2, 6, 5]>::uniform(-1.0..1.0, rng);
        let images = tlist![
            Tensor::from_vec(x.as_slice().to_vec()).unwrap(),
            Tensor::from_vec(w.as_slice().to_vec()).unwrap(),
            b.clone()
        ];
        let (y, tlist![dx, dw, db]) = g.vjp(&tlist![x, w, b], (), &dy);
        let dy = Tensor::from_vec(dy.into_vec()).unwrap();
        let (expected, tlist![ex, ew, eb]) = rows.vjp(&images, (), &dy);
        assert_eq!(y.as_slice(), expected.as_slice());
        assert_eq!(
            (dx.as_slice(), dw.as_slice(), db),
            (ex.as_slice(), ew.as_slice(), eb)
        );
    }

    /// The definition, in loops. Exact: the numbers are small integers.
    #[test]
    fn as_written_by_hand() {
        let g = graph!(|x: [2, 4, 9], w: [6, 2, 3]| {
            conv1d(x, w, NoBias, ConvWindow1d::new().stride::<2>().padding::<2>().dilation::<2>().groups::<2>())
        });
        let rng = &mut fastrand::Rng::with_seed(3);
        let mut draw = || f64::from(rng.i32(-9..10));
        let x = Tensor::<f64, shape![2, 4, 9]>::from_fn(|_| draw());
        let w = Tensor::<f64, shape![6, 2, 3]>::from_fn(|_| draw());
        let y = g.value(&tlist![x.clone(), w.clone()], ());
        let expected = Tensor::from_fn(|[b, o, i]| {
            let terms = (0..6).map(|term| {
                let (c, m) = (term / 3, term % 3);
                match (2 * i + 2 * m).checked_sub(2) {
                    Some(at) if at < 9 => x[[b, o / 3 * 2 + c, at]] * w[[o, c, m]],
                    _ => 0.0,
                }
            });
            terms.sum()
        });
        assert_eq!(y, expected);
    }
}
