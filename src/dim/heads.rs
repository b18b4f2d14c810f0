//! Heads of attention.

use super::arith::NoRemainder;
use super::{Decimal, Dim};
use core::ops::{Div, Rem};
use typenum::{Mod, Quot};

/// The width of a model, split into `Heads` heads of equal width.
///
/// ```
/// use cotangent::dim::{N, SplitHeads};
/// let _: <N<768> as SplitHeads<N<12>>>::Width = N::<64>;
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Heads}` heads do not divide `{Self}`",
    label = "each head has an equal part of the width",
    note = "docs/errors.md#h01"
)]
pub trait SplitHeads<Heads>: Dim {
    /// The width of one head.
    type Width: Dim;
}

// Not by way of `DivDim`: rustc would report that one, which does not speak of heads.
#[diagnostic::do_not_recommend]
impl<D: Dim, Heads: Dim> SplitHeads<Heads> for D
where
    D::Nat: Div<Heads::Nat> + Rem<Heads::Nat>,
    Mod<D::Nat, Heads::Nat>: NoRemainder,
    Quot<D::Nat, Heads::Nat>: Decimal<Dim: Dim>,
{
    type Width = <Quot<D::Nat, Heads::Nat> as Decimal>::Dim;
}
