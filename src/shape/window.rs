//! Windows that slide over an axis or an image: their geometry, for convolutions and pooling.

use super::Shape;
use crate::dim::{Decimal, Dim, DivDim, MulDim, N};
use core::marker::PhantomData;
use core::ops::{Add, Div, Mul, Sub};
use typenum::{Diff, Prod, Quot, Sum, U1};

/// A dim that is not 0. A kernel and a stride are.
#[diagnostic::on_unimplemented(
    message = "a window's kernel, stride, dilation and groups are at least 1, not `{Self}`",
    label = "must be at least 1"
)]
pub trait Positive: Dim {
    /// The same dim. A type that names it has the error type for 0, and rustc says nothing more about that.
    type Itself: Dim;
}

#[diagnostic::do_not_recommend]
impl<D: Dim<Nat: Counts<D>>> Positive for D {
    type Itself = <D::Nat as Counts<D>>::Itself;
}

/// The case of [`Positive`]: a number with a first binary digit.
pub trait Counts<D> {
    /// `D`.
    type Itself: Dim;
}

impl<D: Dim, Upper, Bit> Counts<D> for typenum::UInt<Upper, Bit> {
    type Itself = D;
}

/// An axis over which a window slides: `Out` is the number of its places,
/// `⌊(Self + 2 Padding - Dilation (Kernel - 1) - 1) / Stride⌋ + 1`.
///
/// Source: Dumoulin and Visin, *A guide to convolution arithmetic for deep learning* (2016), relationship 15.
///
/// ```
/// use cotangent::dim::N;
/// use cotangent::shape::Window;
/// let _: <N<224> as Window<N<7>, N<2>, N<3>, N<1>>>::Out = N::<112>;
/// ```
#[diagnostic::on_unimplemented(
    message = "a kernel of `{Kernel}` does not fit into `{Self}` with `{Padding}` of padding on each side",
    label = "stride `{Stride}`, dilation `{Dilation}`: a kernel covers `dilation * (kernel - 1) + 1` entries, and at least 1"
)]
pub trait Window<Kernel, Stride, Padding, Dilation>: Dim {
    /// The number of places.
    type Out: Dim;
}

/// The axis with its padding.
type Padded<H, P> = Sum<<H as Dim>::Nat, Prod<<P as Dim>::Nat, typenum::U2>>;
/// One less than the entries that a kernel covers.
type Reach<K, D> = Prod<<D as Dim>::Nat, Diff<<K as Dim>::Nat, U1>>;
/// The last entry at which a kernel can begin.
type Last<H, K, P, D> = Diff<Diff<Padded<H, P>, U1>, Reach<K, D>>;
/// The same, counted in strides, plus 1.
type Places<H, K, S, P, D> = Sum<Quot<Last<H, K, P, D>, <S as Dim>::Nat>, U1>;

#[diagnostic::do_not_recommend]
impl<H: Dim, K: Dim, S: Positive, P: Dim, D: Positive> Window<K, S, P, D> for H
where
    P::Nat: Mul<typenum::U2>,
    H::Nat: Add<Prod<P::Nat, typenum::U2>>,
    Padded<H, P>: Sub<U1>,
    K::Nat: Sub<U1>,
    D::Nat: Mul<Diff<K::Nat, U1>>,
    Diff<Padded<H, P>, U1>: Sub<Reach<K, D>>,
    Last<H, K, P, D>: Div<S::Nat>,
    Quot<Last<H, K, P, D>, S::Nat>: Add<U1>,
    Places<H, K, S, P, D>: Decimal<Dim: Dim>,
{
    type Out = <Places<H, K, S, P, D> as Decimal>::Dim;
}

/// A pair of sizes, neither of them 0.
type AtLeast1<const H: usize, const W: usize> =
    (<N<H> as Positive>::Itself, <N<W> as Positive>::Itself);

/// A channel count that is `Groups` times `PerGroup`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` channels are not `{Groups}` groups of `{PerGroup}`",
    label = "the input has as many channels as the weight takes in all groups"
)]
pub trait Grouped<PerGroup, Groups>: Dim {
    /// `T`. A result that is computed with it depends on the judgement, and then rustc's message is short.
    type Then<T: Dim>: Dim;
}

#[diagnostic::do_not_recommend]
impl<C: Dim, PerGroup: MulDim<Groups, Out = C>, Groups: Dim> Grouped<PerGroup, Groups> for C {
    type Then<T: Dim> = T;
}

/// An output channel count that `Groups` divides.
#[diagnostic::on_unimplemented(
    message = "`{Groups}` groups do not divide `{Self}` output channels",
    label = "each group gives equally many channels"
)]
pub trait InGroups<Groups>: Dim {
    /// The same count.
    type Itself: Dim;
}

#[diagnostic::do_not_recommend]
impl<O: DivDim<Groups>, Groups: Dim> InGroups<Groups> for O {
    type Itself = O;
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
    ) -> ConvWindow<S, P, D, <N<GROUPS> as Positive>::Itself>
    where
        N<GROUPS>: Positive,
    {
        ConvWindow(PhantomData)
    }
}

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

/// Images `(B, C, H, W)` that a weight `(O, C / G, KH, KW)` convolves to `(B, O, OH, OW)`.
///
/// `Options` is a [`ConvWindow`]. The groups `G` divide `C` and `O`; [`Window`] gives `OH` and `OW`.
///
/// ```
/// use cotangent::dim::N;
/// use cotangent::prelude::*;
/// use cotangent::shape::{Convolve, ConvWindow};
/// fn convolve<X: Convolve<K, O>, K, O>(_options: O) -> X::Out {
///     X::Out::default()
/// }
/// let y = convolve::<shape![8, 3, 32, 32], shape![16, 3, 3, 3], _>(ConvWindow::new().stride::<2, 2>().padding::<1, 1>());
/// let _: shape![8, 16, 16, 16] = y;
/// ```
#[diagnostic::on_unimplemented(
    message = "a weight `{Weight}` cannot convolve `{Self}`",
    label = "expected images `(batch, channels, height, width)` and a weight `(filters, channels / groups, height, width)`"
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

// The one case is in a trait of its own, as those of `Broadcast` are.
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
    H: Window<KH, SH, PH, DH>,
    W: Window<KW, SW, PW, DW>,
    B: Dim,
    SH: Dim,
    SW: Dim,
    PH: Dim,
    PW: Dim,
    DH: Dim,
    DW: Dim,
    G: Dim,
{
    type Result = (B, C::Then<O::Itself>, H::Out, W::Out);
    const STEPS: [usize; 2] = [SH::SIZE, SW::SIZE];
    const ZEROS: [usize; 2] = [PH::SIZE, PW::SIZE];
    const APART: [usize; 2] = [DH::SIZE, DW::SIZE];
    const PARTS: usize = G::SIZE;
}

/// Images `(B, C, H, W)` that a [`PoolWindow`] reduces to `(B, C, OH, OW)`.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::shape::{Pool, PoolWindow};
/// fn pool<X: Pool<O>, O>(_options: O) -> X::Out {
///     X::Out::default()
/// }
/// let _: shape![8, 16, 14, 14] = pool::<shape![8, 16, 28, 28], _>(PoolWindow::of::<2, 2>());
/// ```
#[diagnostic::on_unimplemented(
    message = "cannot pool `{Self}`",
    label = "expected images `(batch, channels, height, width)`"
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

impl<B, C, H, W, KH, KW, SH, SW, PH, PW> Pool<PoolWindow<(KH, KW), (SH, SW), (PH, PW)>>
    for (B, C, H, W)
where
    (B, C, H, W): Shape,
    H: Window<KH, SH, PH, N<1>>,
    W: Window<KW, SW, PW, N<1>>,
    B: Dim,
    C: Dim,
    KH: Dim,
    KW: Dim,
    SH: Dim,
    SW: Dim,
    PH: Dim,
    PW: Dim,
{
    type Out = (B, C, H::Out, W::Out);
    const KERNEL: [usize; 2] = [KH::SIZE, KW::SIZE];
    const STRIDE: [usize; 2] = [SH::SIZE, SW::SIZE];
    const PADDING: [usize; 2] = [PH::SIZE, PW::SIZE];
}
