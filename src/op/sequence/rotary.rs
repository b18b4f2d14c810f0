//! Rotary position embeddings.

use crate::dim::{Dim, DivDim, N};
use crate::env::LabelsOf;
use crate::op::{Call, Discrete, Op, Recorder, Var};
use crate::program::{Contract, Elements, Literal, Prim, primitives};
use crate::scalar::{Binary, Unary, levels};
use crate::shape::{If, Shape};
use crate::tensor::Dims;
use core::fmt::Debug;

/// `(T, H, K)` or `(B, T, H, K)`, with an even width of a head.
#[diagnostic::on_unimplemented(
    message = "rotary positions do not take the shape `{Self}`",
    label = "expected times, heads and an even width of a head, `(T, H, K)`, or `(B, T, H, K)` for a batch",
    note = "docs/errors.md#h08"
)]
pub trait Rotates: Shape {
    /// The same shape. A result that is computed with it depends on the judgement, and then rustc's message is short.
    type Checked: Shape;
}

#[diagnostic::do_not_recommend]
impl<S: InPairs> Rotates for S {
    type Checked = S;
}

/// The cases of [`Rotates`].
pub trait InPairs: Shape {}

impl<T: Dim, H: Dim, K: DivDim<N<2>>> InPairs for (T, H, K) {}
impl<B: Dim, T: Dim, H: Dim, K: DivDim<N<2>>> InPairs for (B, T, H, K) {}

/// Where the first time stands: a number, or a label.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no position",
    label = "expected a number, as 0, or one label, `start: [] < 1000`; docs/errors.md#h08"
)]
pub trait Position: Copy + Debug + Send + Sync + 'static {
    /// Adds it to positions that are counted from 0.
    #[doc(hidden)]
    fn after(self, r: &Recorder, positions: usize) -> usize;
}

#[diagnostic::do_not_recommend]
impl Position for usize {
    fn after(self, r: &Recorder, positions: usize) -> usize {
        r.untyped(primitives::Offset(self.into()), &[positions])
    }
}

#[diagnostic::do_not_recommend]
impl<C: Dim> Position for Discrete<LabelsOf<C, ()>> {
    fn after(self, r: &Recorder, positions: usize) -> usize {
        let start = r.prim_reading::<(), _>(primitives::ToScalar, (), self);
        let dims = r.ty(positions).dims().clone();
        let start = r.untyped(primitives::Broadcast(dims, Vec::new()), &[start.id()]);
        r.untyped(Binary::Add, &[positions, start])
    }
}

/// The op of [`rotary`]: the base of the frequencies, and the first position.
#[derive(Clone, Copy, Debug)]
pub struct Rotary<P>(Literal, P);

/// The op of [`rotary_interleaved`]: the base of the frequencies, and the first position.
#[derive(Clone, Copy, Debug)]
pub struct RotaryInterleaved<P>(Literal, P);

/// Each pair of entries of a head, turned by an angle that grows with the position: a product of two of such heads depends on how far they are
/// apart. Real scalars.
///
/// Of `x: (T, H, K)` or `(B, T, H, K)`, with an even `K`, the pair `i` of time `t` is turned by `(start + t) base^(-2 i / K)`. The
/// pairs are of the two halves of a head, `x[i]` and `x[i + K/2]`: as in GPT-NeoX, and in Llama as Hugging Face has it. Those of the paper,
/// `x[2 i]` and `x[2 i + 1]`, are turned by [`rotary_interleaved`]. Queries and keys are turned before they are attended to; values are not. `start` is the
/// position of the first time: a number, or a label, `start: [] < 4096`, so that a step that goes on a text says how much of it there is.
/// `base` is a positive number, 10000 in the paper; of another one the result is NaN. The angles have the precision of the
/// scalars: in singles they are off by 10⁻⁷ of their size. Source: Su et al., *RoFormer* (2021), 3.2.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3, 1, 2]| rotary(x, 10000.0, 0));
/// let x = tlist![Tensor::from([[[1.0, 0.0]], [[1.0, 0.0]], [[0.0, 1.0]]])];
/// let y = g.value(&x, ());
/// let near = |y: &[f64], expected: [f64; 2]| y.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-15);
/// assert!(near(&y.as_slice()[..2], [1.0, 0.0])); // position 0 stays
/// assert!(near(&y.as_slice()[2..4], [1.0_f64.cos(), 1.0_f64.sin()]));
/// assert!(near(&y.as_slice()[4..], [-2.0_f64.sin(), 2.0_f64.cos()]));
///
/// // Position 2 alone, where a cache has the two before.
/// let step = graph!(|x: [1, 1, 2]; start: [] < 100| rotary(x, 10000.0, start));
/// let last = step.value(&tlist![Tensor::from([[[0.0, 1.0]]])], &tlist![Labels::new([2])?]);
/// assert_eq!(last.as_slice(), &y.as_slice()[4..]);
/// # Ok::<(), LabelsError>(())
/// ```
pub fn rotary<S: Shape, P: Position>(
    x: Var<S>,
    base: impl Into<Literal>,
    start: P,
) -> Call<Rotary<P>, (Var<S>,)> {
    Call::new(Rotary(base.into(), start), (x,))
}

/// As [`rotary`], with the pairs of the paper: `x[2 i]` and `x[2 i + 1]`, beside each other, as in Llama as Meta has it.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1, 4]| rotary_interleaved(x, 10000.0, 1));
/// let y = g.value(&tlist![Tensor::from([[[1.0, 0.0, 0.0, 1.0]]])], ());
/// let near = |y: &[f64], expected: [f64; 2]| y.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-15);
/// assert!(near(&y.as_slice()[..2], [1.0_f64.cos(), 1.0_f64.sin()]));
/// assert!(near(&y.as_slice()[2..], [-0.01_f64.sin(), 0.01_f64.cos()])); // 10000^(-2/4)
/// ```
pub fn rotary_interleaved<S: Shape, P: Position>(
    x: Var<S>,
    base: impl Into<Literal>,
    start: P,
) -> Call<RotaryInterleaved<P>, (Var<S>,)> {
    Call::new(RotaryInterleaved(base.into(), start), (x,))
}

impl<S: Rotates, P: Position> Op<(S,)> for Rotary<P> {
    type Out = If<S::Checked, S>;
    type Level = levels::Real;
    const NAME: &'static str = "rotary";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<S> {
        let angles = angles(r, &Dims::of::<S>(), self.0, self.1);
        r.typed(turned(r, x.id(), &Dims::of::<S>(), angles, Pairs::OfHalves))
    }
}

impl<S: Rotates, P: Position> Op<(S,)> for RotaryInterleaved<P> {
    type Out = If<S::Checked, S>;
    type Level = levels::Real;
    const NAME: &'static str = "rotary_interleaved";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<S> {
        let angles = angles(r, &Dims::of::<S>(), self.0, self.1);
        r.typed(turned(
            r,
            x.id(),
            &Dims::of::<S>(),
            angles,
            Pairs::OfNeighbours,
        ))
    }
}

/// Which entries of a head are a pair.
#[derive(Clone, Copy)]
enum Pairs {
    OfHalves,
    OfNeighbours,
}

/// `(T, K / 2)`: the angle of each time and pair.
fn angles(r: &Recorder, x: &Dims, base: Literal, start: impl Position) -> usize {
    let (times, width) = (x[x.len() - 3], x[x.len() - 1]);
    let base = base.to_f64();
    let power = |i: usize| Literal::real(base.powf(-2.0 * i as f64 / width as f64));
    let frequencies = primitives::Constant {
        dims: Dims::new(&[width / 2]),
        elements: Elements::Scalars((0..width / 2).map(power).collect()),
    };
    let frequencies = r.untyped(frequencies, &[]);
    let positions = r.untyped(primitives::Iota(Dims::new(&[times]), 0), &[]);
    let positions = r.untyped(primitives::ToScalar, &[positions]);
    let positions = start.after(r, positions);
    r.untyped(Contract::new([0], [1], [0, 1]), &[positions, frequencies])
}

/// The pairs of each head, turned. Not generic over the shapes.
fn turned(r: &Recorder, x: usize, dims: &Dims, angles: usize, pairs: Pairs) -> usize {
    let record = |prim: Prim, ids: &[usize]| r.untyped(prim, ids);
    let rank = dims.len();
    let half = dims[rank - 1] / 2;
    let with_last = |last: &[usize]| {
        let dims: Vec<usize> = dims[..rank - 1].iter().chain(last).copied().collect();
        Dims::new(&dims)
    };
    let reshape =
        |x: usize, last: &[usize]| record(primitives::Reshape(with_last(last)).into(), &[x]);
    // The axis of two of a head that is two axes.
    let (axis, two, one) = match pairs {
        Pairs::OfHalves => (rank - 1, [2, half], [1, half]),
        Pairs::OfNeighbours => (rank, [half, 2], [half, 1]),
    };
    let both = reshape(x, &two);
    let [a, b] = [0, 1].map(|start| {
        let part = record(
            primitives::Slice {
                axis,
                start,
                len: 1,
            }
            .into(),
            &[both],
        );
        reshape(part, &[half])
    });
    let of_angles = |f: Unary| {
        let value = record(f.into(), &[angles]);
        let axes = vec![rank - 3, rank - 1];
        record(
            primitives::Broadcast(with_last(&[half]), axes).into(),
            &[value],
        )
    };
    let (cos, sin) = (of_angles(Unary::Cos), of_angles(Unary::Sin));
    let times = |x, y| record(Binary::Mul.into(), &[x, y]);
    let first = record(Binary::Sub.into(), &[times(a, cos), times(b, sin)]);
    let second = record(Binary::Add.into(), &[times(b, cos), times(a, sin)]);
    let parts = [first, second].map(|part| reshape(part, &one));
    let both = record(primitives::Concat(axis).into(), &parts);
    record(primitives::Reshape(dims.clone()).into(), &[both])
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        rotary:
        small(|x: [3, 5, 4]| rotary(x, 100, 0));
        small(|x: [7, 2, 6]; start: [] < 5| rotary(x, 100, start));
        middle(|x: [2, 4, 3, 6]| rotary(x, 10000, 7));
        ranks("of one sequence, or of a batch of them");
    }

    law_tests! {
        rotary_interleaved:
        small(|x: [3, 5, 4]| rotary_interleaved(x, 100, 0));
        small(|x: [7, 2, 6]; start: [] < 5| rotary_interleaved(x, 100, start));
        middle(|x: [2, 4, 3, 6]| rotary_interleaved(x, 10000, 7));
        ranks("of one sequence, or of a batch of them");
    }

    /// The formula, in loops, from position 5 on; by a number and by a label alike.
    #[test]
    fn as_written_by_hand() {
        let g = graph!(|x: [2, 3, 2, 6]; start: [] < 10| -> ([2, 3, 2, 6], [2, 3, 2, 6], [2, 3, 2, 6]) {
            (rotary(x, 50, 5), rotary(x, 50, start), rotary_interleaved(x, 50, start))
        });
        let x =
            Tensor::<f64, shape![2, 3, 2, 6]>::uniform(-1.0..1.0, &mut fastrand::Rng::with_seed(1));
        let (y, same, interleaved) =
            g.value(&tlist![x.clone()], &tlist![Labels::new([5]).unwrap()]);
        assert_eq!(y, same);
        for place in 0..36 {
            let [b, t, h, i] = [place / 18, place / 6 % 3, place / 3 % 2, place % 3];
            let angle = (5 + t) as f64 * 50.0_f64.powf(-2.0 * i as f64 / 6.0);
            let at = |c| [b, t, h, c];
            for (y, [first, second]) in [
                (&y, [at(i), at(i + 3)]),
                (&interleaved, [at(2 * i), at(2 * i + 1)]),
            ] {
                let expected = x[first] * angle.cos() - x[second] * angle.sin();
                assert!((y[first] - expected).abs() < 1e-14); // a few roundings of numbers below 1
                let expected = x[second] * angle.cos() + x[first] * angle.sin();
                assert!((y[second] - expected).abs() < 1e-14);
            }
        }
    }

    /// A product of a query and a key depends on their distance alone.
    #[test]
    fn distances() {
        let g = graph!(|q: [1, 1, 4], k: [1, 1, 4]; t: [] < 100, u: [] < 100| {
            sum(rotary(q, 100, t) * rotary(k, 100, u))
        });
        let rng = &mut fastrand::Rng::with_seed(2);
        let x = tlist![
            Tensor::<f64, _>::uniform(-1.0..1.0, rng),
            Tensor::uniform(-1.0..1.0, rng)
        ];
        let at = |t, u| {
            g.value(
                &x,
                &tlist![Labels::new([t]).unwrap(), Labels::new([u]).unwrap()],
            )
            .item()
        };
        assert!((at(7, 3) - at(90, 86)).abs() < 1e-13); // angles to 90 are rounded by 10⁻¹⁴
        assert!((at(7, 3) - at(8, 3)).abs() > 1e-3);
    }
}
