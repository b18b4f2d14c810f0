//! One-dimensional pooling: the largest or the mean of the entries under a window.

use super::pool::{average, largest};
use crate::dim::{Dim, Positive, SubDim};
use crate::op::{Call, Op, Recorder, Var};
use crate::program::Window;
use crate::scalar::levels;
use crate::shape::{Pool1d, PoolWindow1d, Shape};
use crate::tensor::Dims;
use core::marker::PhantomData;

/// A window whose padding is smaller than its kernel, so that it is over the signal at each of its places.
#[diagnostic::on_unimplemented(
    message = "the padding of a pooling must be smaller than its kernel: `{Self}`",
    label = "some windows would lie in the padding alone",
    note = "docs/errors.md#c06"
)]
pub trait PaddingInKernel1d {
    /// `T`. A result that is computed with it depends on the judgement, and then rustc's message is short.
    type If<T: Shape>: Shape;
}

#[diagnostic::do_not_recommend]
impl<K: SubDim<P, Out: Positive>, S, P: Dim> PaddingInKernel1d for PoolWindow1d<K, S, P> {
    type If<T: Shape> = T;
}

/// The op of [`max_pool1d`]: `W` is a [`PoolWindow1d`].
#[derive(Clone, Copy, Debug)]
pub struct MaxPool1d<W>(PhantomData<W>);

/// The op of [`avg_pool1d`]: `W` is a [`PoolWindow1d`].
#[derive(Clone, Copy, Debug)]
pub struct AvgPool1d<W>(PhantomData<W>);

/// `y[b, c, i]` is the largest `x[b, c, ..]` under the window at its place `i`. Ordered fields.
///
/// For signals `(B, C, L)`; `y` is `(B, C, OL)` with `OL = ⌊(L + 2 padding - K) / stride⌋ + 1`. Padding and ties are as in
/// [`max_pool2d`](fn@crate::op::max_pool2d).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1, 4]| max_pool1d(x, 2));
/// let (y, tlist![dx]) = g.vjp(&tlist![Tensor::from([[[1.0, 2.0, 5.0, 5.0]]])], (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([[[2.0, 5.0]]]));
/// assert_eq!(dx, Tensor::from([[[0.0, 1.0, 0.5, 0.5]]]));
/// ```
///
/// # Panics
/// In `graph!`, for signals of no length: they have no largest.
pub fn max_pool1d<S: Shape, W>(x: Var<S>, window: W) -> Call<MaxPool1d<W>, (Var<S>,)> {
    let _ = window; // its type says it all
    Call::new(MaxPool1d(PhantomData), (x,))
}

/// `y[b, c, i]` is the sum of all `x[b, c, ..]` under the window at its place `i`, over `K`. Any field.
///
/// Shapes as in [`max_pool1d`]. Padding counts as zeros, as in [`avg_pool2d`](fn@crate::op::avg_pool2d).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1, 5]| avg_pool1d(x, PoolWindow1d::of::<3>().stride::<2>()));
/// let y = g.value(&tlist![Tensor::from([[[1.0, 2.0, 6.0, 4.0, 5.0]]])], ());
/// assert_eq!(y, Tensor::from([[[3.0, 5.0]]]));
/// ```
pub fn avg_pool1d<S: Shape, W>(x: Var<S>, window: W) -> Call<AvgPool1d<W>, (Var<S>,)> {
    let _ = window; // its type says it all
    Call::new(AvgPool1d(PhantomData), (x,))
}

fn window<S: Pool1d<W>, W>() -> Window {
    Window {
        stride: [1, S::STRIDE],
        padding: [0, S::PADDING],
        ..Window::of([1, S::KERNEL])
    }
}

impl<S, W> Op<(S,)> for MaxPool1d<W>
where
    S: Pool1d<W>,
    W: PaddingInKernel1d + Clone + Send + Sync + 'static,
{
    type Out = W::If<S::Out>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "max_pool1d";

    fn forward(&self, r: &Recorder<levels::OrderedField>, x: (Var<S>,)) -> Var<W::If<S::Out>> {
        let (x_dims, y_dims) = (Dims::of::<S>(), Dims::of::<S::Out>());
        r.program(largest(window::<S, W>(), x_dims, y_dims), x)
    }
}

impl<S, W> Op<(S,)> for AvgPool1d<W>
where
    S: Pool1d<W>,
    W: Clone + Send + Sync + 'static,
{
    type Out = S::Out;
    type Level = levels::Field;
    const NAME: &'static str = "avg_pool1d";

    fn forward(&self, r: &Recorder<levels::Field>, x: (Var<S>,)) -> Var<S::Out> {
        let (x_dims, y_dims) = (Dims::of::<S>(), Dims::of::<S::Out>());
        r.program(average(window::<S, W>(), x_dims, y_dims), x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        max_pool1d:
        small(|x: [2, 3, 10]| max_pool1d(x, 2));
        small(|x: [3, 4, 2]| max_pool1d(x, PoolWindow1d::of::<2>().padding::<1>()));
        middle(|x: [3, 4, 9]| max_pool1d(x, PoolWindow1d::of::<3>().stride::<2>().padding::<1>()));
        like_axes("of sizes and of what windows make of them");
        ranks("of a batch of signals");
    }

    law_tests! {
        avg_pool1d:
        small(|x: [2, 3, 10]| avg_pool1d(x, 2));
        small(|x: [3, 4, 2]| avg_pool1d(x, PoolWindow1d::of::<2>().padding::<1>()));
        middle(|x: [3, 4, 9]| avg_pool1d(x, PoolWindow1d::of::<3>().stride::<2>().padding::<1>()));
        like_axes("of sizes and of what windows make of them");
        ranks("of a batch of signals");
    }

    /// The largest of negative entries, also where the zeros of the padding are larger.
    #[test]
    fn padding_never_wins() {
        let g = graph!(|x: [1, 1, 3]| -> ([1, 1, 4], [1, 1, 4]) {
            (
                max_pool1d(x, PoolWindow1d::of::<2>().stride::<1>().padding::<1>()),
                avg_pool1d(x, PoolWindow1d::of::<2>().stride::<1>().padding::<1>()),
            )
        });
        let (y, z) = g.value(&tlist![Tensor::from([[[-1.0, -5.0, -3.0]]])], ());
        assert_eq!(y, Tensor::from([[[-1.0, -1.0, -3.0, -3.0]]]));
        assert_eq!(z, Tensor::from([[[-0.5, -3.0, -4.0, -1.5]]]));
    }

    #[test]
    #[should_panic(
        expected = "in the op `max_pool1d`: `reduce_max([2, 3])` cannot take [1, 1, 1, 0]"
    )]
    fn of_no_length() {
        let _ = graph!(|x: [1, 1, 0]| max_pool1d(x, PoolWindow1d::of::<2>().padding::<1>()))
            .value(&tlist![Tensor::<f64, _>::zeros()], ());
    }
}
