//! Transposed convolutions: their windows, and the sizes that come of them.

use super::{ConvWindow, ConvWindow1d, If, Shape};
use crate::dim::{Dim, DivDim, N, Natural, Positive, SubDim};
use core::marker::PhantomData;
use core::ops::{Add, Mul, Sub};
use typenum::{Diff, Prod, Sum, U1, U2};

/// The window of a transposed convolution whose result has some entries more at its end: `Rest`, which is smaller than the stride.
///
/// A convolution of a stride leaves out a rest that no window covers; so several sizes have one result, and this says which of them the
/// transposed one gives.
///
/// ```
/// use cotangent::shape::{ConvWindow, ConvWindow1d};
/// let doubled = ConvWindow::new().stride::<2, 2>().padding::<1, 1>().output_padding::<1, 1>();
/// let doubled_1d = ConvWindow1d::new().stride::<2>().padding::<1>().output_padding::<1>();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct OutputPadded<Window, Rest>(PhantomData<(Window, Rest)>);

impl<S, P, D, G> ConvWindow<S, P, D, G> {
    /// Of a transposed convolution: `H` rows and `W` columns more at the end of the result.
    pub const fn output_padding<const H: usize, const W: usize>(
        self,
    ) -> OutputPadded<Self, (N<H>, N<W>)> {
        OutputPadded(PhantomData)
    }
}

impl<S, P, D, G> ConvWindow1d<S, P, D, G> {
    /// Of a transposed convolution: `REST` entries more at the end of the result.
    pub const fn output_padding<const REST: usize>(self) -> OutputPadded<Self, N<REST>> {
        OutputPadded(PhantomData)
    }
}

/// An axis of places that a transposed convolution makes into
/// `(Self - 1) Stride - 2 Padding + Dilation (Kernel - 1) + Rest + 1` entries.
///
/// Source: Dumoulin and Visin, *A guide to convolution arithmetic for deep learning* (2016), relationship 14; the documentation of PyTorch.
#[diagnostic::on_unimplemented(
    message = "a kernel of `{Kernel}` does not make an axis of `{Self}` larger by a transposed convolution of padding `{Padding}`",
    label = "stride `{Stride}`, dilation `{Dilation}`, output padding `{Rest}`: the axis has an entry, and the padding cuts off at most all of the result",
    note = "docs/errors.md#c08"
)]
pub trait Spread<Kernel, Stride, Padding, Dilation, Rest>: Dim {
    /// The number of entries.
    type Out: Dim;
}

/// From the first entry of the first window to that of the last one.
type Moved<H, S> = Prod<Diff<<H as Dim>::Exact, U1>, <S as Dim>::Exact>;
/// One less than the entries that a kernel covers.
type Reach<K, D> = Prod<<D as Dim>::Exact, Diff<<K as Dim>::Exact, U1>>;
/// All entries, with what the padding cuts off.
type Whole<H, K, S, D, R> = Sum<Sum<Sum<Moved<H, S>, Reach<K, D>>, <R as Dim>::Exact>, U1>;
/// What is left.
type Left<H, K, S, P, D, R> = Diff<Whole<H, K, S, D, R>, Prod<<P as Dim>::Exact, U2>>;

#[diagnostic::do_not_recommend]
impl<H: Dim, K: Dim, S: Positive, P: Dim, D: Positive, R: Dim> Spread<K, S, P, D, R> for H
where
    R: RestOf<S>,
    H::Exact: Sub<U1>,
    Diff<H::Exact, U1>: Mul<S::Exact>,
    K::Exact: Sub<U1>,
    D::Exact: Mul<Diff<K::Exact, U1>>,
    Moved<H, S>: Add<Reach<K, D>>,
    Sum<Moved<H, S>, Reach<K, D>>: Add<R::Exact>,
    Sum<Sum<Moved<H, S>, Reach<K, D>>, R::Exact>: Add<U1>,
    P::Exact: Mul<U2>,
    Whole<H, K, S, D, R>: Sub<Prod<P::Exact, U2>>,
    Left<H, K, S, P, D, R>: Natural,
{
    type Out = R::If<<Left<H, K, S, P, D, R> as Natural>::Dim>;
}

/// An output padding that is smaller than the stride.
#[diagnostic::on_unimplemented(
    message = "an output padding of `{Self}` is not smaller than the stride `{Stride}`",
    label = "more than that no convolution of this stride leaves out",
    note = "docs/errors.md#c08"
)]
pub trait RestOf<Stride>: Dim {
    /// `T`. A result that is computed with it depends on the judgement, and then rustc's message is short.
    type If<T: Dim>: Dim;
}

#[diagnostic::do_not_recommend]
impl<R: Dim, Stride: SubDim<R, Out: Positive>> RestOf<Stride> for R {
    type If<T: Dim> = T;
}

/// Images `(B, C, H, W)` that a weight `(C, O / G, KH, KW)` convolves, transposed, to `(B, O, OH, OW)`; of one axis, signals
/// `(B, C, L)` and a weight `(C, O / G, K)`.
///
/// `Options` is a [`ConvWindow`] or a [`ConvWindow1d`], or [`OutputPadded`]. The groups `G` divide `C`; [`Spread`] gives `OH` and `OW`.
#[diagnostic::on_unimplemented(
    message = "a weight `{Weight}` cannot convolve `{Self}`, transposed",
    label = "expected `(batch, channels, height, width)` and a weight `(channels, filters / groups, height, width)`, or of `conv_transpose1d` both without a height",
    note = "docs/errors.md#c08"
)]
pub trait ConvolveTransposed<Axes, Weight, Options>: Shape {
    /// The shape of the result.
    type Out: Shape;
    /// Steps down and to the right; signals are of one row.
    const STRIDE: [usize; 2];
    /// What is cut off above and below, left and right.
    const PADDING: [usize; 2];
    /// How far apart the entries of the kernel are.
    const DILATION: [usize; 2];
    /// The number of groups.
    const GROUPS: usize;
}

// The cases are in a trait of their own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<X, Axes, Weight, Options> ConvolveTransposed<Axes, Weight, Options> for X
where
    Options: WithRest,
    X: Spreads<Axes, Weight, Options::Whole>,
{
    type Out = X::Result;
    const STRIDE: [usize; 2] = X::STEPS;
    const PADDING: [usize; 2] = X::CUT;
    const DILATION: [usize; 2] = X::APART;
    const GROUPS: usize = X::PARTS;
}

/// A window with its output padding, which may be none.
pub trait WithRest {
    /// The window as [`OutputPadded`].
    type Whole;
}

impl<S, P, D, G> WithRest for ConvWindow<S, P, D, G> {
    type Whole = OutputPadded<Self, (N<0>, N<0>)>;
}

impl<S, P, D, G> WithRest for ConvWindow1d<S, P, D, G> {
    type Whole = OutputPadded<Self, N<0>>;
}

impl<W, R> WithRest for OutputPadded<W, R> {
    type Whole = Self;
}

/// The cases of [`ConvolveTransposed`].
pub trait Spreads<Axes, Weight, Options>: Shape {
    /// The shape of the result.
    type Result: Shape;
    /// The stride.
    const STEPS: [usize; 2];
    /// The padding.
    const CUT: [usize; 2];
    /// The dilation.
    const APART: [usize; 2];
    /// The number of groups.
    const PARTS: usize;
}

impl<B, C, H, W, O, KH, KW, SH, SW, PH, PW, DH, DW, G, RH, RW>
    Spreads<
        N<2>,
        (C, O, KH, KW),
        OutputPadded<ConvWindow<(SH, SW), (PH, PW), (DH, DW), G>, (RH, RW)>,
    > for (B, C, H, W)
where
    (B, C, H, W): Shape,
    C: DivDim<G>,
    H: Spread<KH, SH, PH, DH, RH>,
    W: Spread<KW, SW, PW, DW, RW>,
    B: Dim,
    O: Dim,
    SH: Dim,
    SW: Dim,
    PH: Dim,
    PW: Dim,
    DH: Dim,
    DW: Dim,
    G: Dim,
{
    type Result = (B, If<<C as DivDim<G>>::Out, O::Times<G>>, H::Out, W::Out);
    const STEPS: [usize; 2] = [SH::SIZE, SW::SIZE];
    const CUT: [usize; 2] = [PH::SIZE, PW::SIZE];
    const APART: [usize; 2] = [DH::SIZE, DW::SIZE];
    const PARTS: usize = G::SIZE;
}

impl<B, C, L, O, K, S, P, D, G, R>
    Spreads<N<1>, (C, O, K), OutputPadded<ConvWindow1d<S, P, D, G>, R>> for (B, C, L)
where
    (B, C, L): Shape,
    C: DivDim<G>,
    L: Spread<K, S, P, D, R>,
    B: Dim,
    O: Dim,
    S: Dim,
    P: Dim,
    D: Dim,
    G: Dim,
{
    type Result = (B, If<<C as DivDim<G>>::Out, O::Times<G>>, L::Out);
    const STEPS: [usize; 2] = [1, S::SIZE];
    const CUT: [usize; 2] = [0, P::SIZE];
    const APART: [usize; 2] = [1, D::SIZE];
    const PARTS: usize = G::SIZE;
}

#[cfg(test)]
mod tests {
    use super::{ConvolveTransposed, Spread};
    use crate::dim::{Dim, N};
    use crate::shape::{ConvWindow, ConvWindow1d, Shape, Windowed};

    /// Each size is that of the formula, and the convolution makes the axis of it again.
    macro_rules! spread {
        ($($h:literal $k:literal $s:literal $p:literal $d:literal $r:literal)*) => {$(
            type Out = <N<$h> as Spread<N<$k>, N<$s>, N<$p>, N<$d>, N<$r>>>::Out;
            assert_eq!(Out::SIZE, ($h - 1) * $s + $d * ($k - 1) + $r + 1 - 2 * $p);
            assert_eq!(<<Out as Windowed<N<$k>, N<$s>, N<$p>, N<$d>>>::Out as Dim>::SIZE, $h);
        )*};
    }

    #[test]
    fn types_count_as_numbers_do() {
        {
            spread!(4 3 1 0 1 0);
        }
        {
            spread!(7 3 2 1 1 1);
        }
        {
            spread!(5 4 3 0 2 2);
        }
        {
            spread!(1 1 1 0 1 0);
        }
        {
            spread!(1 3 2 1 1 0);
        }
        {
            spread!(112 7 2 3 1 1);
        }
    }

    #[test]
    fn options_are_constants() {
        fn conv<A, X: ConvolveTransposed<A, K, O>, K, O>(
            _: O,
        ) -> ([[usize; 2]; 3], usize, &'static [usize]) {
            (
                [X::STRIDE, X::PADDING, X::DILATION],
                X::GROUPS,
                X::Out::DIMS,
            )
        }
        let window = ConvWindow::new()
            .stride::<2, 3>()
            .padding::<1, 0>()
            .groups::<2>();
        type X = (N<5>, N<4>, N<6>, N<7>);
        assert_eq!(
            conv::<N<2>, X, (N<4>, N<3>, N<3>, N<2>), _>(window.output_padding::<1, 2>()),
            ([[2, 3], [1, 0], [1, 1]], 2, &[5, 6, 12, 22][..])
        );
        assert_eq!(
            conv::<N<1>, (N<5>, N<4>, N<6>), (N<4>, N<3>, N<3>), _>(
                ConvWindow1d::new().stride::<2>()
            ),
            ([[1, 2], [0, 0], [1, 1]], 1, &[5, 3, 13][..])
        );
    }
}
