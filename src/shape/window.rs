//! Windows that slide over an axis: their geometry, for convolutions and pooling.

use crate::dim::{Dim, N, Natural, Positive};
use core::ops::{Add, Div, Mul, Sub};
use typenum::{Diff, Prod, Quot, Sum, U1, U2};

/// An axis over which a window slides: `Out` is the number of its places,
/// `⌊(Self + 2 Padding - Dilation (Kernel - 1) - 1) / Stride⌋ + 1`.
///
/// Source: Dumoulin and Visin, *A guide to convolution arithmetic for deep learning* (2016), relationship 15.
#[diagnostic::on_unimplemented(
    message = "a kernel of `{Kernel}` does not fit into `{Self}` with `{Padding}` of padding on each side",
    label = "stride `{Stride}`, dilation `{Dilation}`: a kernel covers `dilation * (kernel - 1) + 1` entries, and at least 1",
    note = "docs/errors.md#c01"
)]
pub trait Windowed<Kernel, Stride, Padding, Dilation>: Dim {
    /// The number of places.
    type Out: Dim;
}

/// The axis with its padding.
type Padded<H, P> = Sum<<H as Dim>::Exact, Prod<<P as Dim>::Exact, U2>>;
/// One less than the entries that a kernel covers.
type Reach<K, D> = Prod<<D as Dim>::Exact, Diff<<K as Dim>::Exact, U1>>;
/// The last entry at which a kernel can begin.
type Last<H, K, P, D> = Diff<Diff<Padded<H, P>, U1>, Reach<K, D>>;
/// The same, counted in strides, plus 1.
type Places<H, K, S, P, D> = Sum<Quot<Last<H, K, P, D>, <S as Dim>::Exact>, U1>;

#[diagnostic::do_not_recommend]
impl<H: Dim, K: Dim, S: Positive, P: Dim, D: Positive> Windowed<K, S, P, D> for H
where
    P::Exact: Mul<U2>,
    H::Exact: Add<Prod<P::Exact, U2>>,
    Padded<H, P>: Sub<U1>,
    K::Exact: Sub<U1>,
    D::Exact: Mul<Diff<K::Exact, U1>>,
    Diff<Padded<H, P>, U1>: Sub<Reach<K, D>>,
    Last<H, K, P, D>: Div<S::Exact>,
    Quot<Last<H, K, P, D>, S::Exact>: Add<U1>,
    Places<H, K, S, P, D>: Natural,
{
    type Out = <Places<H, K, S, P, D> as Natural>::Dim;
}

/// A pair of sizes, neither of them 0.
pub type AtLeast1<const H: usize, const W: usize> =
    (<N<H> as Positive>::Checked, <N<W> as Positive>::Checked);

#[cfg(test)]
mod tests {
    use super::Windowed;
    use crate::dim::{Dim, N, N2};

    /// The formula, in numbers.
    fn places(h: usize, k: usize, s: usize, p: usize, d: usize) -> usize {
        (h + 2 * p - d * (k - 1) - 1) / s + 1
    }

    macro_rules! windows {
        ($($h:literal $k:literal $s:literal $p:literal $d:literal)*) => {$(
            let size = <<N<$h> as Windowed<N<$k>, N<$s>, N<$p>, N<$d>>>::Out as Dim>::SIZE;
            assert_eq!(size, places($h, $k, $s, $p, $d));
        )*};
    }

    #[test]
    fn types_count_as_numbers_do() {
        windows! {
            224 7 2 3 1   32 3 1 1 1   32 3 2 1 1   28 2 2 0 1   5 5 1 0 1   5 5 3 0 1   4 6 1 1 1
            9 3 1 0 4     9 3 2 2 3    1 1 1 0 1    1 1 7 0 9    10 3 3 0 1  999 1 1 1 1 12 4 5 3 2
            0 1 1 1 1     0 2 1 1 1    7 1 1 0 5    8 3 4 1 1    6 3 1 499 2
        }
        let _: <N2<1, 0> as Windowed<N<3>, N<1>, N<1>, N<1>>>::Out = N2::<1, 0>;
    }
}
