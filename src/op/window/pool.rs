//! Two-dimensional pooling: the largest or the mean of the entries under a window.

use super::conv2d::images;
use crate::dim::{Dim, Positive, SubDim};
use crate::op::reduce::mean::over;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Literal, Program, ProgramError, Reduction, Window, primitives};
use crate::scalar::{Unary, levels};
use crate::shape::{Pool, PoolWindow, Shape};
use crate::tensor::Dims;
use core::marker::PhantomData;

/// A window whose padding is smaller than its kernel, so that it is over the image at each of its places.
#[diagnostic::on_unimplemented(
    message = "the padding of a pooling must be smaller than its kernel: `{Self}`",
    label = "some windows would lie in the padding alone",
    note = "docs/errors.md#c06"
)]
pub trait PaddingInKernel {
    /// `T`. A result that is computed with it depends on the judgement, and then rustc's message is short.
    type If<T: Shape>: Shape;
}

#[diagnostic::do_not_recommend]
impl<KH, KW, S, PH, PW> PaddingInKernel for PoolWindow<(KH, KW), S, (PH, PW)>
where
    PH: Dim,
    PW: Dim,
    KH: SubDim<PH, Out: Positive>,
    KW: SubDim<PW, Out: Positive>,
{
    type If<T: Shape> = T;
}

/// The op of [`max_pool2d`]: `W` is a [`PoolWindow`].
#[derive(Clone, Copy, Debug)]
pub struct MaxPool2d<W>(PhantomData<W>);

/// The op of [`avg_pool2d`]: `W` is a [`PoolWindow`].
#[derive(Clone, Copy, Debug)]
pub struct AvgPool2d<W>(PhantomData<W>);

/// `y[b, c, i, j]` is the largest `x[b, c, ..]` under the window at its place `(i, j)`. Ordered fields.
///
/// For images `(B, C, H, W)`; `y` is `(B, C, OH, OW)` with `OH = ⌊(H + 2 padding - KH) / stride⌋ + 1`. The padding
/// never wins: it is smaller than the kernel, and stands for `-∞`. Entries that tie for the maximum share its
/// derivative evenly; PyTorch gives it to the first. (Where all entries of a window are `-∞`, its padding ties too.)
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1, 2, 4]| max_pool2d(x, PoolWindow::of::<2, 2>()));
/// let x = tlist![Tensor::from([[[[1.0, 2.0, 5.0, 5.0], [4.0, 3.0, 0.0, 0.0]]]])];
/// let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([[[[4.0, 5.0]]]]));
/// assert_eq!(dx, Tensor::from([[[[0.0, 0.0, 0.5, 0.5], [1.0, 0.0, 0.0, 0.0]]]]));
/// ```
///
/// # Panics
/// In `graph!`, for images without pixels: they have no largest.
pub fn max_pool2d<S: Shape, W>(x: Var<S>, window: W) -> Call<MaxPool2d<W>, (Var<S>,)> {
    let _ = window; // its type says it all
    Call::new(MaxPool2d(PhantomData), (x,))
}

/// `y[b, c, i, j]` is the sum of all `x[b, c, ..]` under the window at its place `(i, j)`, over `KH KW`. Any field.
///
/// Shapes as in [`max_pool2d`]. Padding counts as zeros: each sum is divided by the size of the whole window, as
/// PyTorch does unless told otherwise.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1, 2, 4]| avg_pool2d(x, PoolWindow::of::<2, 2>()));
/// let x = tlist![Tensor::from([[[[1.0, 2.0, 5.0, 5.0], [4.0, 3.0, 0.0, 0.0]]]])];
/// assert_eq!(g.value(&x, ()), Tensor::from([[[[2.5, 2.5]]]]));
/// ```
pub fn avg_pool2d<S: Shape, W>(x: Var<S>, window: W) -> Call<AvgPool2d<W>, (Var<S>,)> {
    let _ = window; // its type says it all
    Call::new(AvgPool2d(PhantomData), (x,))
}

fn window<S: Pool<W>, W>() -> Window {
    Window {
        stride: S::STRIDE,
        padding: S::PADDING,
        ..Window::of(S::KERNEL)
    }
}

impl<S, W> Op<(S,)> for MaxPool2d<W>
where
    S: Pool<W>,
    W: PaddingInKernel + Clone + Send + Sync + 'static,
{
    type Out = W::If<S::Out>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "max_pool2d";

    fn forward(&self, r: &Recorder<levels::OrderedField>, x: (Var<S>,)) -> Var<W::If<S::Out>> {
        let (x_dims, y_dims) = (Dims::of::<S>(), Dims::of::<S::Out>());
        r.program(largest(window::<S, W>(), x_dims, y_dims), x)
    }
}

impl<S, W> Op<(S,)> for AvgPool2d<W>
where
    S: Pool<W>,
    W: Clone + Send + Sync + 'static,
{
    type Out = S::Out;
    type Level = levels::Field;
    const NAME: &'static str = "avg_pool2d";

    fn forward(&self, r: &Recorder<levels::Field>, x: (Var<S>,)) -> Var<S::Out> {
        let (x_dims, y_dims) = (Dims::of::<S>(), Dims::of::<S::Out>());
        r.program(average(window::<S, W>(), x_dims, y_dims), x)
    }
}

/// A program of one value, and that as images.
fn of_images(x: Dims) -> Result<(Program, usize), ProgramError> {
    let from = images(&x);
    let is_images = from == x;
    let mut program = Program::new(&[x]);
    let pixels = match is_images {
        true => 0,
        false => program.push(primitives::Reshape(from), &[0])?,
    };
    Ok((program, pixels))
}

/// Not generic over the shapes, as the next one. `x` and `y` are dims of images, or of signals.
pub(super) fn average(window: Window, x: Dims, y: Dims) -> Result<Program, ProgramError> {
    let (mut program, pixels) = of_images(x)?;
    let entries = program.push(primitives::Unfold(window), &[pixels])?;
    let sums = program.push(primitives::Reduce(Reduction::Sum, vec![2]), &[entries])?;
    let means = program.push(primitives::Scale(over(1, window.size())), &[sums])?;
    let result = program.push(primitives::Reshape(y), &[means])?;
    program.set_outputs(&[result])?;
    Ok(program)
}

pub(super) fn largest(window: Window, x: Dims, y: Dims) -> Result<Program, ProgramError> {
    let (mut program, pixels) = of_images(x)?;
    let image = Dims::new(&program.dims(pixels)?[2..]);
    // Refuses an image without pixels.
    program.push(primitives::Reduce(Reduction::Max, vec![2, 3]), &[pixels])?;
    let largest = primitives::Reduce(Reduction::Max, vec![2]);
    let mut entries = program.push(primitives::Unfold(window), &[pixels])?;
    if window.padding != [0, 0] {
        let dims = program.dims(entries)?.clone();
        let ones = program.push(primitives::Full(image, Literal::ratio(1, 1)), &[])?;
        let inside = program.push(primitives::Unfold(window), &[ones])?;
        let inside = program.push(primitives::Broadcast(dims.clone(), vec![2, 3]), &[inside])?;
        // Below all entries of a window: the smallest is at most 0 where there is padding, and twice that less 1 is
        // smaller, in floats too. So no padding is the largest or ties, and its derivative is 0: it can be a constant.
        let negative = program.push(Unary::Neg, &[entries])?;
        let highest = program.push(largest.clone(), &[negative])?;
        let low = program.push(primitives::Scale(Literal::ratio(-2, 1)), &[highest])?;
        let low = program.push(primitives::Offset(Literal::ratio(-1, 1)), &[low])?;
        let low = program.push(Unary::Stop, &[low])?;
        let low = program.push(primitives::Broadcast(dims, vec![0, 1, 3]), &[low])?;
        entries = program.push(primitives::Select, &[inside, entries, low])?;
    }
    let maxima = program.push(largest, &[entries])?;
    let result = program.push(primitives::Reshape(y), &[maxima])?;
    program.set_outputs(&[result])?;
    Ok(program)
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;
    use num_rational::BigRational;

    law_tests! {
        max_pool2d:
        small(|x: [2, 2, 4, 6]| max_pool2d(x, PoolWindow::of::<2, 2>()));
        small(|x: [3, 4, 5, 2]| max_pool2d(x, PoolWindow::of::<1, 2>().padding::<0, 1>()));
        middle(|x: [2, 3, 7, 4]| max_pool2d(x, PoolWindow::of::<3, 2>().stride::<2, 1>().padding::<1, 1>()));
        like_axes("twice four different sizes are up to 3024 elements an image");
        ranks("of a batch of images");
    }

    law_tests! {
        avg_pool2d:
        small(|x: [2, 2, 4, 6]| avg_pool2d(x, PoolWindow::of::<2, 2>()));
        small(|x: [3, 4, 5, 2]| avg_pool2d(x, PoolWindow::of::<1, 2>().padding::<0, 1>()));
        middle(|x: [2, 3, 7, 4]| avg_pool2d(x, PoolWindow::of::<3, 2>().stride::<2, 1>().padding::<1, 1>()));
        like_axes("twice four different sizes are up to 3024 elements an image");
        ranks("of a batch of images");
    }

    /// The largest of negative entries, also where the zeros of the padding are larger, and where all entries are
    /// equal.
    #[test]
    fn padding_never_wins() {
        let g = graph!(|x: [1, 1, 2, 2]| {
            max_pool2d(x, PoolWindow::of::<2, 2>().stride::<1, 1>().padding::<1, 1>())
        });
        let x = [[-1e30, -2.0], [-3.0, -4.0]];
        let (y, tlist![dx]) = g.vjp(&tlist![Tensor::<f64, _>::from([[x]])], (), &Tensor::ones());
        let rows = [[-1e30, -2.0, -2.0], [-3.0, -2.0, -2.0], [-3.0, -3.0, -4.0]];
        assert_eq!(y, Tensor::from([[rows]]));
        assert_eq!(dx, Tensor::from([[[[1.0, 4.0], [3.0, 1.0]]]]));
        for equal in [-1e30, 0.0, 1e-300] {
            let x = tlist![Tensor::<f64, _>::full(equal)];
            let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::ones());
            assert_eq!((y, dx), (Tensor::full(equal), Tensor::full(2.25)));
        }
    }

    /// Exact scalars have no `-∞`, and need none.
    #[test]
    fn padding_over_rationals() {
        let g = graph!(|x: [1, 1, 1, 2]| {
            max_pool2d(x, PoolWindow::of::<1, 2>().stride::<1, 1>().padding::<0, 1>())
        });
        let x = Tensor::<f64, shape![1, 1, 1, 2]>::from([[[[-2.0, -1.0]]]]);
        let x = x.map(|x| BigRational::from_float(*x).unwrap_or_default());
        let y = g.value(&x, ()).map(ToString::to_string);
        assert_eq!(y.as_slice(), ["-2", "-1", "-1"]);
    }

    #[test]
    fn padding_counts_in_averages() {
        let g = graph!(|x: [1, 1, 1, 2]| {
            avg_pool2d(x, PoolWindow::of::<1, 2>().stride::<1, 1>().padding::<0, 1>())
        });
        let x = tlist![Tensor::from([[[[2.0, 4.0]]]])];
        assert_eq!(g.value(&x, ()), Tensor::from([[[[1.0, 3.0, 2.0]]]]));
    }

    #[test]
    #[should_panic(
        expected = "in the op `max_pool2d`: `reduce_max([2, 3])` cannot take [1, 1, 0, 2]"
    )]
    fn of_no_pixel() {
        let _ = graph!(|x: [1, 1, 0, 2]| max_pool2d(x, PoolWindow::of::<2, 2>().padding::<1, 0>()))
            .value(&tlist![Tensor::<f64, _>::zeros()], ());
    }
}
