//! Pooling of signals: sequences with channels.

use super::{Shape, Windowed};
use crate::dim::{Dim, N, Positive};
use core::marker::PhantomData;

/// How the window of a one-dimensional pooling moves. Without another stride, windows lie beside each other.
///
/// ```
/// use cotangent::shape::PoolWindow1d;
/// let halves = PoolWindow1d::of::<2>();
/// let overlapping = PoolWindow1d::of::<3>().stride::<2>().padding::<1>();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PoolWindow1d<Kernel = N<1>, Stride = Kernel, Padding = N<0>>(
    PhantomData<(Kernel, Stride, Padding)>,
);

impl PoolWindow1d {
    /// A window of `KERNEL`, with the same stride.
    pub const fn of<const KERNEL: usize>() -> PoolWindow1d<<N<KERNEL> as Positive>::Checked>
    where
        N<KERNEL>: Positive,
    {
        PoolWindow1d(PhantomData)
    }
}

impl<K, S, P> PoolWindow1d<K, S, P> {
    /// Steps of `STRIDE`.
    pub const fn stride<const STRIDE: usize>(
        self,
    ) -> PoolWindow1d<K, <N<STRIDE> as Positive>::Checked, P>
    where
        N<STRIDE>: Positive,
    {
        PoolWindow1d(PhantomData)
    }

    /// `PADDING` entries before and after. Their value is the op's.
    pub const fn padding<const PADDING: usize>(self) -> PoolWindow1d<K, S, N<PADDING>> {
        PoolWindow1d(PhantomData)
    }
}

/// Signals `(B, C, L)` that a [`PoolWindow1d`] reduces to `(B, C, OL)`.
#[diagnostic::on_unimplemented(
    message = "cannot pool `{Self}`",
    label = "expected signals `(batch, channels, length)`",
    note = "docs/errors.md#c04"
)]
pub trait Pool1d<Options>: Shape {
    /// The shape of the result.
    type Out: Shape;
    /// The size of the window.
    const KERNEL: usize;
    /// The step.
    const STRIDE: usize;
    /// Entries before and after.
    const PADDING: usize;
}

#[diagnostic::do_not_recommend]
impl<X: Pooled<Options>, Options> Pool1d<Options> for X {
    type Out = X::Result;
    const KERNEL: usize = X::SIZE_OF_WINDOW;
    const STRIDE: usize = X::STEP;
    const PADDING: usize = X::AROUND;
}

/// The case of [`Pool1d`].
pub trait Pooled<Options>: Shape {
    /// The shape of the result.
    type Result: Shape;
    /// The size of the window.
    const SIZE_OF_WINDOW: usize;
    /// The stride.
    const STEP: usize;
    /// The padding.
    const AROUND: usize;
}

impl<B: Dim, C: Dim, L, K: Dim, S: Dim, P: Dim> Pooled<PoolWindow1d<K, S, P>> for (B, C, L)
where
    (B, C, L): Shape,
    L: Windowed<K, S, P, N<1>>,
{
    type Result = (B, C, L::Out);
    const SIZE_OF_WINDOW: usize = K::SIZE;
    const STEP: usize = S::SIZE;
    const AROUND: usize = P::SIZE;
}

#[cfg(test)]
mod tests {
    use super::{Pool1d, PoolWindow1d};
    use crate::dim::N;
    use crate::shape::Shape;

    #[test]
    fn options_are_constants() {
        fn pool<X: Pool1d<O>, O>(_: O) -> ([usize; 3], &'static [usize]) {
            ([X::KERNEL, X::STRIDE, X::PADDING], X::Out::DIMS)
        }
        type X = (N<2>, N<6>, N<9>);
        assert_eq!(
            pool::<X, _>(PoolWindow1d::of::<3>()),
            ([3, 3, 0], &[2, 6, 3][..])
        );
        let options = PoolWindow1d::of::<3>().stride::<2>().padding::<1>();
        assert_eq!(pool::<X, _>(options), ([3, 2, 1], &[2, 6, 5][..]));
    }
}
