//! Convolutions of signals: sequences with channels.

use super::conv::{Grouped, InGroups};
use super::{Shape, Windowed};
use crate::dim::{Dim, N, Positive};
use core::marker::PhantomData;

/// How the kernel of a one-dimensional convolution moves.
///
/// ```
/// use cotangent::shape::ConvWindow1d;
/// let same = ConvWindow1d::new().padding::<1>();
/// let halved = ConvWindow1d::new().stride::<2>().padding::<1>();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ConvWindow1d<Stride = N<1>, Padding = N<0>, Dilation = N<1>, Groups = N<1>>(
    PhantomData<(Stride, Padding, Dilation, Groups)>,
);

impl ConvWindow1d {
    /// Every place once, without padding; all channels in one group.
    pub const fn new() -> Self {
        ConvWindow1d(PhantomData)
    }
}

impl<S, P, D, G> ConvWindow1d<S, P, D, G> {
    /// Steps of `STRIDE`.
    pub const fn stride<const STRIDE: usize>(
        self,
    ) -> ConvWindow1d<<N<STRIDE> as Positive>::Checked, P, D, G>
    where
        N<STRIDE>: Positive,
    {
        ConvWindow1d(PhantomData)
    }

    /// `PADDING` zeros before and after.
    pub const fn padding<const PADDING: usize>(self) -> ConvWindow1d<S, N<PADDING>, D, G> {
        ConvWindow1d(PhantomData)
    }

    /// The entries of the kernel are `DILATION` apart.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let apart = graph!(|x: [1, 1, 5], w: [1, 1, 2]| conv1d(x, w, NoBias, ConvWindow1d::new().dilation::<3>()));
    /// let y = apart.value(&tlist![Tensor::from([[[1.0, 2.0, 3.0, 4.0, 5.0]]]), Tensor::ones()], ());
    /// assert_eq!(y.as_slice(), [1.0 + 4.0, 2.0 + 5.0]);
    /// ```
    pub const fn dilation<const DILATION: usize>(
        self,
    ) -> ConvWindow1d<S, P, <N<DILATION> as Positive>::Checked, G>
    where
        N<DILATION>: Positive,
    {
        ConvWindow1d(PhantomData)
    }

    /// The channels fall into `GROUPS` groups, each with filters of its own.
    pub const fn groups<const GROUPS: usize>(
        self,
    ) -> ConvWindow1d<S, P, D, <N<GROUPS> as Positive>::Checked>
    where
        N<GROUPS>: Positive,
    {
        ConvWindow1d(PhantomData)
    }
}

/// Signals `(B, C, L)` that a weight `(O, C / G, K)` convolves to `(B, O, OL)`.
///
/// `Options` is a [`ConvWindow1d`]. The groups `G` divide `C` and `O`; [`Windowed`] gives `OL`.
#[diagnostic::on_unimplemented(
    message = "a weight `{Weight}` cannot convolve `{Self}`",
    label = "expected signals `(batch, channels, length)` and a weight `(filters, channels / groups, length)`",
    note = "docs/errors.md#c04"
)]
pub trait Convolve1d<Weight, Options>: Shape {
    /// The shape of the result.
    type Out: Shape;
    /// The step.
    const STRIDE: usize;
    /// Zeros before and after.
    const PADDING: usize;
    /// How far apart the entries of the kernel are.
    const DILATION: usize;
    /// The number of groups.
    const GROUPS: usize;
}

// The one case is in a trait of its own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<X: Filtered<Weight, Options>, Weight, Options> Convolve1d<Weight, Options> for X {
    type Out = X::Result;
    const STRIDE: usize = X::STEP;
    const PADDING: usize = X::ZEROS;
    const DILATION: usize = X::APART;
    const GROUPS: usize = X::PARTS;
}

/// The case of [`Convolve1d`].
pub trait Filtered<Weight, Options>: Shape {
    /// The shape of the result.
    type Result: Shape;
    /// The stride.
    const STEP: usize;
    /// The padding.
    const ZEROS: usize;
    /// The dilation.
    const APART: usize;
    /// The number of groups.
    const PARTS: usize;
}

impl<B, C, L, O, Cg, K, S, P, D, G> Filtered<(O, Cg, K), ConvWindow1d<S, P, D, G>> for (B, C, L)
where
    (B, C, L): Shape,
    C: Grouped<Cg, G>,
    O: InGroups<G>,
    L: Windowed<K, S, P, D>,
    B: Dim,
    S: Dim,
    P: Dim,
    D: Dim,
    G: Dim,
{
    type Result = (B, C::If<O::Checked>, L::Out);
    const STEP: usize = S::SIZE;
    const ZEROS: usize = P::SIZE;
    const APART: usize = D::SIZE;
    const PARTS: usize = G::SIZE;
}

#[cfg(test)]
mod tests {
    use super::{ConvWindow1d, Convolve1d};
    use crate::dim::N;
    use crate::shape::Shape;

    #[test]
    fn options_are_constants() {
        fn conv<X: Convolve1d<K, O>, K, O>(_: O) -> ([usize; 4], &'static [usize]) {
            (
                [X::STRIDE, X::PADDING, X::DILATION, X::GROUPS],
                X::Out::DIMS,
            )
        }
        let options = ConvWindow1d::new()
            .stride::<2>()
            .padding::<1>()
            .dilation::<3>()
            .groups::<2>();
        // (9 + 2 - 3 - 1) / 2 + 1
        assert_eq!(
            conv::<(N<5>, N<6>, N<9>), (N<4>, N<3>, N<2>), _>(options),
            ([2, 1, 3, 2], &[5, 4, 4][..])
        );
    }
}
