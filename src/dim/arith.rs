//! Sums and products of dims, which every two dims have, and differences and exact quotients, which some have.

use super::number::{Dim, Natural};
use core::ops::{Div, Rem, Sub};
use typenum::{Diff, Mod, Quot, UTerm};

/// `Self - B`, where `B` is not the larger.
#[diagnostic::on_unimplemented(
    message = "`{Self}` - `{B}` is not known to be a dim",
    label = "a dim is not negative; a generic graph says `where {Self} - {B}: Dim`",
    note = "docs/errors.md#d03, #d13"
)]
pub trait SubDim<B: Dim>: Dim {
    /// The difference.
    type Out: Dim;
}

#[diagnostic::do_not_recommend]
impl<A: Dim, B: Dim> SubDim<B> for A
where
    A::Exact: Sub<B::Exact>,
    Diff<A::Exact, B::Exact>: Natural,
{
    type Out = <Diff<A::Exact, B::Exact> as Natural>::Dim;
}

/// `Self / B`, where `B` divides `Self`. Splitting an axis into heads needs it.
#[diagnostic::on_unimplemented(
    message = "`{B}` does not divide `{Self}`",
    label = "the quotient must be exact; a generic graph says `where {Self} / {B}: Dim`",
    note = "docs/errors.md#d03, #d13"
)]
pub trait DivDim<B: Dim>: Dim {
    /// The exact quotient.
    type Out: Dim;
}

#[diagnostic::do_not_recommend]
impl<A: Dim, B: Dim> DivDim<B> for A
where
    A::Exact: Div<B::Exact> + Rem<B::Exact>,
    Mod<A::Exact, B::Exact>: NoRemainder,
    Quot<A::Exact, B::Exact>: Natural,
{
    type Out = <Mod<A::Exact, B::Exact> as NoRemainder>::Quotient<
        <Quot<A::Exact, B::Exact> as Natural>::Dim,
    >;
}

/// `A + B`, which `shape![A + B]` writes.
///
/// ```
/// use cotangent::dim::{N, N2};
/// let _: cotangent::dim::Sum<N<999>, N<2>> = N2::<1, 1>;
/// ```
pub type Sum<A, B> = <A as Dim>::Plus<B>;

/// `A - B`, which `shape![A - B]` writes.
///
/// ```
/// use cotangent::dim::{Difference, N, N2};
/// let _: Difference<N2<1, 0>, N<1>> = N::<999>;
/// ```
pub type Difference<A, B> = <A as SubDim<B>>::Out;

/// `A * B`, which `shape![A * B]` writes.
///
/// ```
/// use cotangent::dim::{N, N2, Product};
/// let _: Product<N<100>, N<784>> = N2::<78, 400>;
/// ```
pub type Product<A, B> = <A as Dim>::Times<B>;

/// `A / B`, which `shape![A / B]` writes.
///
/// ```
/// use cotangent::dim::{N, Quotient};
/// let _: Quotient<N<768>, N<12>> = N::<64>;
/// ```
pub type Quotient<A, B> = <A as DivDim<B>>::Out;

/// A remainder of zero.
#[diagnostic::on_unimplemented(
    message = "the division of these dims leaves a remainder",
    label = "the quotient must be exact",
    note = "docs/errors.md#d03, #d13"
)]
pub trait NoRemainder {
    /// `Q`. With a remainder it is the error type, and rustc says nothing more about what follows from it.
    type Quotient<Q: Dim>: Dim;
}
impl NoRemainder for UTerm {
    type Quotient<Q: Dim> = Q;
}
