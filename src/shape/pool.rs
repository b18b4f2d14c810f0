//! Pooling of images.

use super::window::AtLeast1;
use super::{Shape, Windowed};
use crate::dim::{Dim, N, Positive};
use core::marker::PhantomData;

/// How the window of a two-dimensional pooling moves. Kernel, stride and padding are pairs: height, width.
///
/// Without another stride, windows lie beside each other.
///
/// ```
/// use cotangent::shape::PoolWindow;
/// let halves = PoolWindow::of::<2, 2>();
/// let overlapping = PoolWindow::of::<3, 3>().stride::<2, 2>().padding::<1, 1>();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PoolWindow<Kernel = (N<1>, N<1>), Stride = Kernel, Padding = (N<0>, N<0>)>(
    PhantomData<(Kernel, Stride, Padding)>,
);

impl PoolWindow {
    /// A window of `H` by `W`, with the same stride.
    pub const fn of<const H: usize, const W: usize>() -> PoolWindow<AtLeast1<H, W>>
    where
        N<H>: Positive,
        N<W>: Positive,
    {
        PoolWindow(PhantomData)
    }
}

impl<K, S, P> PoolWindow<K, S, P> {
    /// Steps of `H` down and `W` to the right.
    pub const fn stride<const H: usize, const W: usize>(self) -> PoolWindow<K, AtLeast1<H, W>, P>
    where
        N<H>: Positive,
        N<W>: Positive,
    {
        PoolWindow(PhantomData)
    }

    /// `H` entries above and below, `W` to the left and to the right. Their value is the op's.
    pub const fn padding<const H: usize, const W: usize>(self) -> PoolWindow<K, S, (N<H>, N<W>)> {
        PoolWindow(PhantomData)
    }
}

/// Images `(B, C, H, W)` that a [`PoolWindow`] reduces to `(B, C, OH, OW)`.
#[diagnostic::on_unimplemented(
    message = "cannot pool `{Self}`",
    label = "expected images `(batch, channels, height, width)`",
    note = "docs/errors.md#c04"
)]
pub trait Pool<Options>: Shape {
    /// The shape of the result.
    type Out: Shape;
    /// The size of the window.
    const KERNEL: [usize; 2];
    /// Steps down and to the right.
    const STRIDE: [usize; 2];
    /// Entries above and below, left and right.
    const PADDING: [usize; 2];
}

#[diagnostic::do_not_recommend]
impl<X: Pooled<Options>, Options> Pool<Options> for X {
    type Out = X::Result;
    const KERNEL: [usize; 2] = X::SIZES;
    const STRIDE: [usize; 2] = X::STEPS;
    const PADDING: [usize; 2] = X::AROUND;
}

/// The case of [`Pool`].
pub trait Pooled<Options>: Shape {
    /// The shape of the result.
    type Result: Shape;
    /// The size of the window.
    const SIZES: [usize; 2];
    /// The stride.
    const STEPS: [usize; 2];
    /// The padding.
    const AROUND: [usize; 2];
}

impl<B, C, H, W, KH, KW, SH, SW, PH, PW> Pooled<PoolWindow<(KH, KW), (SH, SW), (PH, PW)>>
    for (B, C, H, W)
where
    (B, C, H, W): Shape,
    H: Windowed<KH, SH, PH, N<1>>,
    W: Windowed<KW, SW, PW, N<1>>,
    B: Dim,
    C: Dim,
    KH: Dim,
    KW: Dim,
    SH: Dim,
    SW: Dim,
    PH: Dim,
    PW: Dim,
{
    type Result = (B, C, H::Out, W::Out);
    const SIZES: [usize; 2] = [KH::SIZE, KW::SIZE];
    const STEPS: [usize; 2] = [SH::SIZE, SW::SIZE];
    const AROUND: [usize; 2] = [PH::SIZE, PW::SIZE];
}

#[cfg(test)]
mod tests {
    use super::{Pool, PoolWindow};
    use crate::dim::N;
    use crate::shape::Shape;

    #[test]
    fn options_are_constants() {
        type X = (N<2>, N<6>, N<9>, N<8>);
        fn pool<X: Pool<O>, O>(_: O) -> ([[usize; 2]; 3], &'static [usize]) {
            ([X::KERNEL, X::STRIDE, X::PADDING], X::Out::DIMS)
        }
        assert_eq!(
            pool::<X, _>(PoolWindow::of::<3, 2>()),
            ([[3, 2], [3, 2], [0, 0]], &[2, 6, 3, 4][..])
        );
        let options = PoolWindow::of::<3, 2>().stride::<1, 2>().padding::<1, 1>();
        assert_eq!(
            pool::<X, _>(options),
            ([[3, 2], [1, 2], [1, 1]], &[2, 6, 9, 5][..])
        );
    }
}
