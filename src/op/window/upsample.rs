//! Images made larger by a whole factor.

use crate::dim::{Dim, Positive};
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Literal, Program, ProgramError, primitives};
use crate::scalar::{Binary, levels};
use crate::shape::Shape;
use crate::tensor::Dims;
use core::marker::PhantomData;

/// Images `(B, C, H, W)` that are made `Factor` times as high and as wide.
#[diagnostic::on_unimplemented(
    message = "cannot make `{Self}` `{Factor}` times as large",
    label = "expected images `(batch, channels, height, width)`, and a factor of at least 1",
    note = "docs/errors.md#c04, #c05"
)]
pub trait Enlarged<Factor>: Shape {
    /// `(B, C, Factor H, Factor W)`.
    type Out: Shape;
    /// The factor.
    const FACTOR: usize;
}

#[diagnostic::do_not_recommend]
impl<S: IsImages<Factor>, Factor> Enlarged<Factor> for S {
    type Out = S::Result;
    const FACTOR: usize = S::TIMES;
}

/// The case of [`Enlarged`].
pub trait IsImages<Factor>: Shape {
    /// The larger images.
    type Result: Shape;
    /// The factor.
    const TIMES: usize;
}

impl<B: Dim, C: Dim, H: Dim, W: Dim, F: Positive> IsImages<F> for (B, C, H, W) {
    type Result = (B, C, F::Times<H>, F::Times<W>);
    const TIMES: usize = F::SIZE;
}

/// The op of [`upsample_nearest`]: `F` is the factor.
#[derive(Clone, Copy, Debug)]
pub struct UpsampleNearest<F>(PhantomData<F>);

/// The op of [`upsample_bilinear`]: `F` is the factor.
#[derive(Clone, Copy, Debug)]
pub struct UpsampleBilinear<F>(PhantomData<F>);

/// `y[b, c, i, j] = x[b, c, ⌊i / f⌋, ⌊j / f⌋]`: each pixel becomes a square of `f` by `f`. Every semiring.
///
/// For images `(B, C, H, W)`; `y` is `(B, C, f H, f W)`. The factor is a number, or a dim of the graph, `{ F }`. VJP: the sums of `dy` over the
/// squares. As PyTorch's `nn.Upsample(scale_factor=f)`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1, 1, 2]| upsample_nearest(x, 2));
/// let (y, tlist![dx]) = g.vjp(&tlist![Tensor::from([[[[3.0, 5.0]]]])], (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([[[[3.0, 3.0, 5.0, 5.0], [3.0, 3.0, 5.0, 5.0]]]]));
/// assert_eq!(dx, Tensor::full(4.0));
/// ```
pub fn upsample_nearest<S: Shape, F>(x: Var<S>, factor: F) -> Call<UpsampleNearest<F>, (Var<S>,)> {
    let _ = factor; // its type says it all
    Call::new(UpsampleNearest(PhantomData), (x,))
}

/// Images made `f` times as high and as wide, linear between the centres of their pixels. Any field.
///
/// For images `(B, C, H, W)`; `y` is `(B, C, f H, f W)`. The centre of pixel `i` of `y` is at `(i + 1/2) / f - 1/2` among those of `x`; beyond the first and
/// the last centre the value stays. So as `align_corners=False` of PyTorch's `nn.Upsample(mode="bilinear")`, and as
/// `jax.image.resize`. The weights are exact where the field is.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1, 1, 2]| upsample_bilinear(x, 2));
/// let y = g.value(&tlist![Tensor::from([[[[0.0, 4.0]]]])], ());
/// assert_eq!(y, Tensor::from([[[[0.0, 1.0, 3.0, 4.0], [0.0, 1.0, 3.0, 4.0]]]]));
/// ```
pub fn upsample_bilinear<S: Shape, F>(
    x: Var<S>,
    factor: F,
) -> Call<UpsampleBilinear<F>, (Var<S>,)> {
    let _ = factor; // its type says it all
    Call::new(UpsampleBilinear(PhantomData), (x,))
}

impl<S, F> Op<(S,)> for UpsampleNearest<F>
where
    S: Enlarged<F>,
    F: Clone + Send + Sync + 'static,
{
    type Out = S::Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "upsample_nearest";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>,)) -> Var<S::Out> {
        r.program(nearest(Dims::of::<S>(), S::FACTOR), x)
    }
}

impl<S, F> Op<(S,)> for UpsampleBilinear<F>
where
    S: Enlarged<F>,
    F: Clone + Send + Sync + 'static,
{
    type Out = S::Out;
    type Level = levels::Field;
    const NAME: &'static str = "upsample_bilinear";

    fn forward(&self, r: &Recorder<levels::Field>, x: (Var<S>,)) -> Var<S::Out> {
        if S::SIZE == 0 {
            return r.zeros();
        }
        r.program(bilinear(Dims::of::<S>(), S::FACTOR), x)
    }
}

/// Not generic over the shapes, as the next ones. `x` is of rank 4.
fn nearest(x: Dims, factor: usize) -> Result<Program, ProgramError> {
    let [planes, height, width] = [x[0] * x[1], x[2], x[3]];
    let larger = Dims::new(&[x[0], x[1], factor * height, factor * width]);
    let mut program = Program::new(&[x]);
    let pixels = primitives::Reshape(Dims::new(&[planes, height, width]));
    let pixels = program.push(pixels, &[0])?;
    let squares = Dims::new(&[planes, height, factor, width, factor]);
    let squares = program.push(primitives::Broadcast(squares, vec![0, 1, 3]), &[pixels])?;
    let result = program.push(primitives::Reshape(larger), &[squares])?;
    program.set_outputs(&[result])?;
    Ok(program)
}

fn bilinear(x: Dims, factor: usize) -> Result<Program, ProgramError> {
    let mut program = Program::new(&[x]);
    let higher = linear(&mut program, 0, 2, factor)?;
    let result = linear(&mut program, higher, 3, factor)?;
    program.set_outputs(&[result])?;
    Ok(program)
}

/// One axis. There is an element.
fn linear(
    program: &mut Program,
    x: usize,
    axis: usize,
    factor: usize,
) -> Result<usize, ProgramError> {
    let dims = program.dims(x)?.clone();
    let len = dims[axis];
    let with_axis = |sizes: &[usize]| {
        let around = (&dims[..axis], &dims[axis + 1..]);
        let sizes = around.0.iter().chain(sizes).chain(around.1).copied();
        primitives::Reshape(Dims::new(&sizes.collect::<Vec<_>>()))
    };
    let part = |program: &mut Program, start, len| {
        program.push(primitives::Slice { axis, start, len }, &[x])
    };
    // At each pixel the one before it and the one after it; the first and the last are their own.
    let (before, after) = match len {
        1 => (x, x),
        _ => {
            let (first, rest) = (part(program, 0, 1)?, part(program, 0, len - 1)?);
            let before = program.push(primitives::Concat(axis), &[first, rest])?;
            let (rest, last) = (part(program, 1, len - 1)?, part(program, len - 1, 1)?);
            let after = program.push(primitives::Concat(axis), &[rest, last])?;
            (before, after)
        }
    };
    let mut phases = Vec::with_capacity(factor);
    for phase in 0..factor {
        // The centre is at `(2 phase + 1 - factor) / (2 factor)` from that of the pixel.
        let (twice, whole) = (2 * phase + 1, 2 * factor as u64);
        let (other, far) = match twice < factor {
            true => (before, factor - twice),
            false => (after, twice - factor),
        };
        let scaled = |program: &mut Program, x, part| {
            program.push(primitives::Scale(Literal::ratio(part, whole)), &[x])
        };
        let value = match far {
            0 => x,
            _ => {
                let near = scaled(program, x, 2 * factor as i64 - far as i64)?;
                let far = scaled(program, other, far as i64)?;
                program.push(Binary::Add, &[near, far])?
            }
        };
        phases.push(program.push(with_axis(&[len, 1]), &[value])?);
    }
    let phases = program.push(primitives::Concat(axis + 1), &phases)?;
    program.push(with_axis(&[len * factor]), &[phases])
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        upsample_nearest:
        small(|x: [2, 3, 2, 4]| upsample_nearest(x, 2));
        small(|x: [3, 2, 4, 3]| upsample_nearest(x, 3));
        middle(|x: [3, 2, 4, 5]| upsample_nearest(x, 2));
        like_axes("twice four different sizes are up to 3024 elements an image");
        ranks("of a batch of images");
    }

    law_tests! {
        upsample_bilinear:
        small(|x: [2, 3, 2, 4]| upsample_bilinear(x, 2));
        small(|x: [3, 2, 4, 3]| upsample_bilinear(x, 3));
        middle(|x: [3, 2, 4, 5]| upsample_bilinear(x, 2));
        like_axes("twice four different sizes are up to 3024 elements an image");
        ranks("of a batch of images");
    }

    /// The definition, by the centres of the pixels.
    #[test]
    fn centres() {
        let g = graph!(|x: [1, 2, 3, 4]| upsample_bilinear(x, 3));
        let x =
            Tensor::<f64, shape![1, 2, 3, 4]>::uniform(-1.0..1.0, &mut fastrand::Rng::with_seed(1));
        let y = g.value(&tlist![x.clone()], ());
        let between = |at: usize, len: usize| {
            let centre = ((at as f64 + 0.5) / 3.0 - 0.5).clamp(0.0, (len - 1) as f64);
            let first = (centre as usize).min(len - 2);
            (first, centre - first as f64)
        };
        for place in 0..2 * 9 * 12 {
            let (c, i, j) = (place / 108, place / 12 % 9, place % 12);
            let ((h, down), (w, right)) = (between(i, 3), between(j, 4));
            let row = |h| x[[0, c, h, w]] * (1.0 - right) + x[[0, c, h, w + 1]] * right;
            let expected = row(h) * (1.0 - down) + row(h + 1) * down;
            assert!((y[[0, c, i, j]] - expected).abs() < 1e-15); // a few roundings of numbers below 1
        }
    }

    /// One pixel is the same everywhere; a factor of 1 changes nothing; of no pixel there are none.
    #[test]
    fn the_least() {
        let g = graph!(|x: [1, 1, 1, 1]| upsample_bilinear(x, 3));
        assert_eq!(
            g.value(&tlist![Tensor::<f64, _>::full(6.0)], ()),
            Tensor::full(6.0)
        );
        let g = graph!(|x: [1, 1, 2, 2]| -> ([1, 1, 2, 2], [1, 1, 2, 2]) {
            (upsample_bilinear(x, 1), upsample_nearest(x, 1))
        });
        let x = Tensor::from([[[[1.0, 2.0], [3.0, 4.0]]]]);
        assert_eq!(g.value(&tlist![x.clone()], ()), (x.clone(), x));
        let g = graph!(|x: [1, 2, 0, 3]| -> ([1, 2, 0, 6], [1, 2, 0, 6]) {
            (upsample_bilinear(x, 2), upsample_nearest(x, 2))
        });
        let none = g.value(&tlist![Tensor::<f64, _>::zeros()], ());
        assert_eq!(none, (Tensor::zeros(), Tensor::zeros()));
    }
}
