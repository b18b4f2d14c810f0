//! Convolutions of images.

use super::window::AtLeast1;
use super::{Shape, Windowed};
use crate::dim::{Dim, DivDim, N, Positive};
use core::marker::PhantomData;

/// A channel count that is `Groups` times `PerGroup`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` channels are not `{Groups}` groups of `{PerGroup}`",
    label = "the input has as many channels as the weight takes in all groups",
    note = "docs/errors.md#c02"
)]
pub trait Grouped<PerGroup, Groups>: Dim {
    /// `T`. A result that is computed with it depends on the judgement, and then rustc's message is short.
    type If<T: Dim>: Dim;
}

#[diagnostic::do_not_recommend]
impl<C: Dim, PerGroup: Dim<Times<Groups> = C>, Groups: Dim> Grouped<PerGroup, Groups> for C {
    type If<T: Dim> = T;
}

/// An output channel count that `Groups` divides.
#[diagnostic::on_unimplemented(
    message = "`{Groups}` groups do not divide `{Self}` output channels",
    label = "each group gives equally many channels",
    note = "docs/errors.md#c03"
)]
pub trait InGroups<Groups>: Dim {
    /// The same count.
    type Checked: Dim;
}

#[diagnostic::do_not_recommend]
impl<O: DivDim<Groups>, Groups: Dim> InGroups<Groups> for O {
    type Checked = O;
}

/// How the kernel of a two-dimensional convolution moves. Stride, padding and dilation are pairs: height, width.
///
/// ```
/// use cotangent::shape::ConvWindow;
/// let same = ConvWindow::new().padding::<1, 1>();
/// let depthwise = ConvWindow::new().stride::<2, 2>().padding::<1, 1>().groups::<32>();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ConvWindow<
    Stride = (N<1>, N<1>),
    Padding = (N<0>, N<0>),
    Dilation = (N<1>, N<1>),
    Groups = N<1>,
>(PhantomData<(Stride, Padding, Dilation, Groups)>);

impl ConvWindow {
    /// Every place once, without padding; all channels in one group.
    pub const fn new() -> Self {
        ConvWindow(PhantomData)
    }
}

impl<S, P, D, G> ConvWindow<S, P, D, G> {
    /// Steps of `H` down and `W` to the right.
    pub const fn stride<const H: usize, const W: usize>(self) -> ConvWindow<AtLeast1<H, W>, P, D, G>
    where
        N<H>: Positive,
        N<W>: Positive,
    {
        ConvWindow(PhantomData)
    }

    /// `H` zeros above and below, `W` to the left and to the right.
    pub const fn padding<const H: usize, const W: usize>(
        self,
    ) -> ConvWindow<S, (N<H>, N<W>), D, G> {
        ConvWindow(PhantomData)
    }

    /// The entries of the kernel are `H` and `W` apart.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let apart = graph!(|x: [1, 1, 1, 5], w: [1, 1, 1, 2]| conv2d(x, w, ConvWindow::new().dilation::<1, 3>()));
    /// let x = Tensor::from([[[[1.0, 2.0, 3.0, 4.0, 5.0]]]]);
    /// let y = apart.value(&tlist![x, Tensor::ones()], ());
    /// assert_eq!(y.as_slice(), [1.0 + 4.0, 2.0 + 5.0]);
    /// ```
    pub const fn dilation<const H: usize, const W: usize>(
        self,
    ) -> ConvWindow<S, P, AtLeast1<H, W>, G>
    where
        N<H>: Positive,
        N<W>: Positive,
    {
        ConvWindow(PhantomData)
    }

    /// The channels fall into `GROUPS` groups, each with filters of its own.
    pub const fn groups<const GROUPS: usize>(
        self,
    ) -> ConvWindow<S, P, D, <N<GROUPS> as Positive>::Checked>
    where
        N<GROUPS>: Positive,
    {
        ConvWindow(PhantomData)
    }
}

/// Images `(B, C, H, W)` that a weight `(O, C / G, KH, KW)` convolves to `(B, O, OH, OW)`.
///
/// `Options` is a [`ConvWindow`]. The groups `G` divide `C` and `O`; [`Windowed`] gives `OH` and `OW`.
#[diagnostic::on_unimplemented(
    message = "a weight `{Weight}` cannot convolve `{Self}`",
    label = "expected images `(batch, channels, height, width)` and a weight `(filters, channels / groups, height, width)`",
    note = "docs/errors.md#c04"
)]
pub trait Convolve<Weight, Options>: Shape {
    /// The shape of the result.
    type Out: Shape;
    /// Steps down and to the right.
    const STRIDE: [usize; 2];
    /// Zeros above and below, left and right.
    const PADDING: [usize; 2];
    /// How far apart the entries of the kernel are.
    const DILATION: [usize; 2];
    /// The number of groups.
    const GROUPS: usize;
}

// The one case is in a trait of its own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<X: Filtered<Weight, Options>, Weight, Options> Convolve<Weight, Options> for X {
    type Out = X::Result;
    const STRIDE: [usize; 2] = X::STEPS;
    const PADDING: [usize; 2] = X::ZEROS;
    const DILATION: [usize; 2] = X::APART;
    const GROUPS: usize = X::PARTS;
}

/// The case of [`Convolve`].
pub trait Filtered<Weight, Options>: Shape {
    /// The shape of the result.
    type Result: Shape;
    /// The stride.
    const STEPS: [usize; 2];
    /// The padding.
    const ZEROS: [usize; 2];
    /// The dilation.
    const APART: [usize; 2];
    /// The number of groups.
    const PARTS: usize;
}

impl<B, C, H, W, O, Cg, KH, KW, SH, SW, PH, PW, DH, DW, G>
    Filtered<(O, Cg, KH, KW), ConvWindow<(SH, SW), (PH, PW), (DH, DW), G>> for (B, C, H, W)
where
    (B, C, H, W): Shape,
    C: Grouped<Cg, G>,
    O: InGroups<G>,
    H: Windowed<KH, SH, PH, DH>,
    W: Windowed<KW, SW, PW, DW>,
    B: Dim,
    SH: Dim,
    SW: Dim,
    PH: Dim,
    PW: Dim,
    DH: Dim,
    DW: Dim,
    G: Dim,
{
    type Result = (B, C::If<O::Checked>, H::Out, W::Out);
    const STEPS: [usize; 2] = [SH::SIZE, SW::SIZE];
    const ZEROS: [usize; 2] = [PH::SIZE, PW::SIZE];
    const APART: [usize; 2] = [DH::SIZE, DW::SIZE];
    const PARTS: usize = G::SIZE;
}

#[cfg(test)]
mod tests {
    use super::{ConvWindow, Convolve};
    use crate::dim::N;
    use crate::shape::Shape;

    #[test]
    fn options_are_constants() {
        fn conv<X: Convolve<K, O>, K, O>(_: O) -> ([[usize; 2]; 3], usize, &'static [usize]) {
            (
                [X::STRIDE, X::PADDING, X::DILATION],
                X::GROUPS,
                X::Out::DIMS,
            )
        }
        type X = (N<2>, N<6>, N<9>, N<8>);
        type K = (N<9>, N<2>, N<3>, N<2>);
        let options = ConvWindow::new()
            .stride::<2, 1>()
            .padding::<1, 0>()
            .dilation::<1, 3>()
            .groups::<3>();
        // (9 + 2 - 2 - 1) / 2 + 1 and (8 - 3 - 1) / 1 + 1
        let (h, w) = (5, 5);
        assert_eq!(
            conv::<X, K, _>(options),
            ([[2, 1], [1, 0], [1, 3]], 3, &[2, 9, h, w][..])
        );
    }
}
