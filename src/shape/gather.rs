//! Rows of a table, chosen by indices.

use super::Shape;
use super::judged::Is;
use crate::dim::Dim;

/// A table `(V, ..rest)`. With indices of shape `I`, each below `V`, its rows make a tensor `(..I, ..rest)`.
///
/// For indices and rows of ranks 0 to 3.
#[diagnostic::on_unimplemented(
    message = "cannot gather rows of `{Self}` by indices of shape `{I}`",
    label = "a table has an axis of rows; indices and rows have at most 3 axes each",
    note = "docs/errors.md#l05"
)]
pub trait GatherRows<I>: Shape {
    /// The number of rows: the indices are below it.
    type Rows: Dim;
    /// The shape of the rows that are chosen. Adding them up by the same indices gives `Self`.
    type Out: ScatterRows<I, Self::Rows, Out = Self>;
}

/// Values `(..I, ..rest)`, one row for each index. Added up by their indices, they make a table `(V, ..rest)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not have a row for each index of shape `{I}`",
    label = "the shape must begin with that of the indices; indices and rows have at most 3 axes each",
    note = "docs/errors.md#l06"
)]
pub trait ScatterRows<I, V: Dim>: Shape {
    /// The table. Gathering from it by the same indices gives `Self`.
    type Out: GatherRows<I, Rows = V, Out = Self>;
}

/// A bound of indices that is `Rows`, the number of rows of a table: an index below it names a row.
#[diagnostic::on_unimplemented(
    message = "an index below `{Self}` does not name a row of a table with `{Rows}` rows",
    label = "the bound of the indices must be the number of rows",
    note = "docs/errors.md#l04"
)]
pub trait NamesRow<Rows>: Dim {
    /// `Self`.
    type Checked: Dim;
}

#[diagnostic::do_not_recommend]
impl<V: Dim + Is<Rows>, Rows> NamesRow<Rows> for V {
    type Checked = V;
}

// The cases are in tables of their own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S: IsTable<I>, I> GatherRows<I> for S {
    type Rows = S::Len;
    type Out = S::Chosen;
}

#[diagnostic::do_not_recommend]
impl<S: BeginsWith<I, V>, I, V: Dim> ScatterRows<I, V> for S {
    type Out = S::Table;
}

/// The cases of [`GatherRows`].
pub trait IsTable<I>: Shape {
    /// The number of rows.
    type Len: Dim;
    /// The rows that are chosen.
    type Chosen: ScatterRows<I, Self::Len, Out = Self>;
}

/// The cases of [`ScatterRows`].
pub trait BeginsWith<I, V: Dim>: Shape {
    /// The table.
    type Table: GatherRows<I, Rows = V, Out = Self>;
}

macro_rules! rows {
    ($([$($I:ident)*])*; $Rest:tt) => {$( rows!(@case [$($I)*] $Rest); )*};
    (@case [$($I:ident)*] [$($R:ident)*]) => {
        impl<V: Dim, $($I: Dim,)* $($R: Dim,)*> IsTable<($($I,)*)> for (V, $($R,)*) {
            type Len = V;
            type Chosen = ($($I,)* $($R,)*);
        }
        impl<V: Dim, $($I: Dim,)* $($R: Dim,)*> BeginsWith<($($I,)*), V> for ($($I,)* $($R,)*) {
            type Table = (V, $($R,)*);
        }
    };
}

rows!([] [I] [I J] [I J K]; []);
rows!([] [I] [I J] [I J K]; [R]);
rows!([] [I] [I J] [I J K]; [R S]);
rows!([] [I] [I J] [I J K]; [R S T]);
