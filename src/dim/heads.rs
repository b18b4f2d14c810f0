//! Heads of attention.

use super::{Dim, DivDim};

/// The width of a model, split into `Heads` heads of equal width.
#[diagnostic::on_unimplemented(
    message = "`{Heads}` heads do not divide `{Self}`",
    label = "each head has an equal part of the width",
    note = "docs/errors.md#h01"
)]
pub trait SplitHeads<Heads>: Dim {
    /// The width of one head.
    type Width: Dim;
}

// By way of `DivDim`, so that a graph that names `D / H` in a shape has what attention needs.
#[diagnostic::do_not_recommend]
impl<D: DivDim<Heads>, Heads: Dim> SplitHeads<Heads> for D {
    type Width = <D as DivDim<Heads>>::Out;
}
