//! Pooling to a size: the windows follow from it.

use super::pool::{average, largest};
use crate::dim::{Dim, Positive};
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Literal, Program, ProgramError, Reduction, Window, primitives};
use crate::scalar::levels;
use crate::shape::Shape;
use crate::tensor::Dims;
use core::marker::PhantomData;

/// Images `(B, C, H, W)`, with a pixel each, that can be pooled to the size `(OH, OW)`.
#[diagnostic::on_unimplemented(
    message = "cannot pool `{Self}` to `{Size}`",
    label = "expected images `(batch, channels, height, width)` and a size `(height, width)`, no side of which is 0",
    note = "docs/errors.md#c04, #c05"
)]
pub trait PoolsTo<Size>: Shape {
    /// `(B, C, OH, OW)`.
    type Out: Shape;
}

#[diagnostic::do_not_recommend]
impl<S: HasSize<Size>, Size> PoolsTo<Size> for S {
    type Out = S::Result;
}

/// The case of [`PoolsTo`].
pub trait HasSize<Size>: Shape {
    /// The pooled images.
    type Result: Shape;
}

impl<B, C, H, W, OH, OW> HasSize<(OH, OW)> for (B, C, H, W)
where
    B: Dim,
    C: Dim,
    H: Positive,
    W: Positive,
    OH: Positive,
    OW: Positive,
{
    type Result = (B, C, OH::Checked, OW::Checked);
}

/// The op of [`adaptive_max_pool2d`]: `Size` is a pair of dims.
#[derive(Clone, Copy, Debug)]
pub struct AdaptiveMaxPool2d<Size>(PhantomData<Size>);

/// The op of [`adaptive_avg_pool2d`]: `Size` is a pair of dims.
#[derive(Clone, Copy, Debug)]
pub struct AdaptiveAvgPool2d<Size>(PhantomData<Size>);

/// `y[b, c, i, j]` is the largest of the `x[b, c, ..]` in the rows from `⌊i H / OH⌋` up to `⌈(i + 1) H / OH⌉`, and in columns
/// likewise. Ordered fields.
///
/// For images `(B, C, H, W)` and a size `(OH, OW)`; `y` is `(B, C, OH, OW)`. The windows are PyTorch's: equal and beside each other where the size
/// divides that of the image, and else some share a row or a column. Entries that tie for the maximum share its derivative, evenly
/// where the windows are equal; else each row of a window that has it has the same share.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1, 1, 5]| adaptive_max_pool2d(x, (1, 2)));
/// let x = tlist![Tensor::from([[[[1.0, 2.0, 3.0, 0.0, 0.0]]]])]; // columns 0 to 2 and 2 to 4
/// let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([[[[3.0, 3.0]]]]));
/// assert_eq!(dx, Tensor::from([[[[0.0, 0.0, 2.0, 0.0, 0.0]]]]));
/// ```
pub fn adaptive_max_pool2d<S: Shape, Size>(
    x: Var<S>,
    size: Size,
) -> Call<AdaptiveMaxPool2d<Size>, (Var<S>,)> {
    let _ = size; // its type says it all
    Call::new(AdaptiveMaxPool2d(PhantomData), (x,))
}

/// `y[b, c, i, j]` is the mean of the `x[b, c, ..]` in the windows of [`adaptive_max_pool2d`]. Any field.
///
/// A network takes images of any size by it, and its last layers are of one size.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1, 1, 5]| adaptive_avg_pool2d(x, (1, 2)));
/// let x = tlist![Tensor::from([[[[1.0, 2.0, 3.0, 4.0, 5.0]]]])];
/// assert_eq!(g.value(&x, ()), Tensor::from([[[[2.0, 4.0]]]]));
///
/// graph! {
///     fn head<H: Positive, W: Positive>(x: [1, 8, H, W]) -> [1, 8, 7, 7] {
///         adaptive_avg_pool2d(x, 7)
///     }
/// }
/// assert_eq!(head::<f64, N<30>, N<9>>().value(&tlist![Tensor::ones()], ()), Tensor::ones());
/// ```
pub fn adaptive_avg_pool2d<S: Shape, Size>(
    x: Var<S>,
    size: Size,
) -> Call<AdaptiveAvgPool2d<Size>, (Var<S>,)> {
    let _ = size; // its type says it all
    Call::new(AdaptiveAvgPool2d(PhantomData), (x,))
}

impl<S, Size> Op<(S,)> for AdaptiveMaxPool2d<Size>
where
    S: PoolsTo<Size>,
    Size: Clone + Send + Sync + 'static,
{
    type Out = S::Out;
    type Level = levels::OrderedField;
    const NAME: &'static str = "adaptive_max_pool2d";

    fn forward(&self, r: &Recorder<levels::OrderedField>, x: (Var<S>,)) -> Var<S::Out> {
        let (from, to) = (Dims::of::<S>(), Dims::of::<S::Out>());
        r.program(
            match equal_windows(&from, &to) {
                Some(window) => largest(window, from, to),
                None => by_axis(Reduction::Max, from, &to),
            },
            x,
        )
    }
}

impl<S, Size> Op<(S,)> for AdaptiveAvgPool2d<Size>
where
    S: PoolsTo<Size>,
    Size: Clone + Send + Sync + 'static,
{
    type Out = S::Out;
    type Level = levels::Field;
    const NAME: &'static str = "adaptive_avg_pool2d";

    fn forward(&self, r: &Recorder<levels::Field>, x: (Var<S>,)) -> Var<S::Out> {
        let (from, to) = (Dims::of::<S>(), Dims::of::<S::Out>());
        r.program(
            match equal_windows(&from, &to) {
                Some(window) => average(window, from, to),
                None => by_axis(Reduction::Sum, from, &to),
            },
            x,
        )
    }
}

/// The window of a usual pooling, where it gives this size.
fn equal_windows(from: &Dims, to: &Dims) -> Option<Window> {
    let kernel = [2, 3].map(|axis| from[axis] / to[axis]);
    let fits = [2, 3]
        .iter()
        .all(|&axis| from[axis].is_multiple_of(to[axis]));
    fits.then(|| Window {
        stride: kernel,
        ..Window::of(kernel)
    })
}

/// The rows of each window joined, then its columns; of sums the means. Not generic over the shapes.
fn by_axis(how: Reduction, from: Dims, to: &Dims) -> Result<Program, ProgramError> {
    let mut program = Program::new(&[from]);
    let mut value = 0;
    for axis in [2, 3] {
        let dims = program.dims(value)?.clone();
        let (len, windows) = (dims[axis], to[axis]);
        let mut one: Vec<usize> = dims.to_vec();
        one[axis] = 1;
        let mut parts = Vec::with_capacity(windows);
        for place in 0..windows {
            let start = place * len / windows;
            let end = ((place + 1) * len).div_ceil(windows);
            let part = primitives::Slice {
                axis,
                start,
                len: end - start,
            };
            let part = program.push(part, &[value])?;
            let mut joined = program.push(primitives::Reduce(how, vec![axis]), &[part])?;
            if how == Reduction::Sum {
                let share = Literal::ratio(1, (end - start) as u64);
                joined = program.push(primitives::Scale(share), &[joined])?;
            }
            parts.push(program.push(primitives::Reshape(Dims::new(&one)), &[joined])?);
        }
        value = program.push(primitives::Concat(axis), &parts)?;
    }
    program.set_outputs(&[value])?;
    Ok(program)
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        adaptive_max_pool2d:
        small(|x: [2, 3, 4, 3]| adaptive_max_pool2d(x, (2, 3)));
        small(|x: [3, 2, 2, 5]| adaptive_max_pool2d(x, (4, 4)));
        middle(|x: [3, 2, 7, 9]| adaptive_max_pool2d(x, (4, 5)));
        like_axes("twice four different sizes are up to 3024 elements an image");
        ranks("of a batch of images");
    }

    law_tests! {
        adaptive_avg_pool2d:
        small(|x: [2, 3, 4, 3]| adaptive_avg_pool2d(x, (2, 3)));
        small(|x: [3, 2, 2, 5]| adaptive_avg_pool2d(x, (4, 4)));
        middle(|x: [3, 2, 7, 9]| adaptive_avg_pool2d(x, (4, 5)));
        like_axes("twice four different sizes are up to 3024 elements an image");
        ranks("of a batch of images");
    }

    /// The definition, in loops: sizes that divide, that do not, and that are larger. Exact but for the means.
    macro_rules! by_windows {
        ($($name:ident: $h:literal $w:literal, $oh:literal $ow:literal;)*) => {$(
            #[test]
            fn $name() {
                let g = graph!(|x: [2, 3, $h, $w]| -> ([2, 3, $oh, $ow], [2, 3, $oh, $ow]) {
                    (adaptive_max_pool2d(x, ($oh, $ow)), adaptive_avg_pool2d(x, ($oh, $ow)))
                });
                let rng = &mut fastrand::Rng::with_seed(1);
                let x = Tensor::<f64, shape![2, 3, $h, $w]>::uniform(-1.0..1.0, rng);
                let (largest, mean) = g.value(&tlist![x.clone()], ());
                let window = |i: usize, len: usize, out: usize| i * len / out..((i + 1) * len).div_ceil(out);
                let (down, across): (usize, usize) = ($oh, $ow);
                for place in 0..2 * 3 * down * across {
                    let row = place / across;
                    let at = [row / (down * 3), row / down % 3, row % down, place % across];
                    let rows = window(at[2], $h, $oh);
                    let entries: Vec<f64> = rows
                        .flat_map(|i| window(at[3], $w, $ow).map(move |j| [i, j]))
                        .map(|[i, j]| x[[at[0], at[1], i, j]])
                        .collect();
                    let expected = entries.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    assert_eq!(largest[at], expected);
                    let expected = entries.iter().sum::<f64>() / entries.len() as f64;
                    assert!((mean[at] - expected).abs() < 1e-15); // a few roundings of numbers below 1
                }
            }
        )*};
    }

    by_windows! {
        dividing: 6 4, 3 2;
        not_dividing: 7 5, 3 4;
        one_of_two: 6 5, 3 2;
        larger: 2 3, 5 7;
        to_one: 5 3, 1 1;
    }

    /// A window without a NaN is not NaN, though others are.
    #[test]
    fn windows_are_apart() {
        let g = graph!(|x: [1, 1, 1, 5]| adaptive_avg_pool2d(x, (1, 2)));
        let y = g.value(
            &tlist![Tensor::from([[[[f64::NAN, 1.0, 1.0, 1.0, 1.0]]]])],
            (),
        );
        assert!(y.as_slice()[0].is_nan() && y.as_slice()[1] == 1.0);
    }
}
