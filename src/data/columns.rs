//! Columns that are the entries of one environment.

use super::column::Column;
use super::store::Store;
use crate::env::{EnvEntries, EnvEntry};
use frunk::HList;

/// What a [`Dataset`](super::Dataset) is made of: a column, or a tuple of two to twelve.
#[diagnostic::on_unimplemented(
    message = "`{Self}` are no columns over this scalar",
    label = "expected a `Column<A, _>`, or a tuple of two to twelve of them"
)]
pub trait Columns<A> {
    /// The environment of an example: an entry for each column.
    type Example: EnvEntries;
    /// How many rows each has.
    #[doc(hidden)]
    fn rows(&self) -> Vec<usize>;
    /// The values of the rows.
    #[doc(hidden)]
    fn into_stores(self) -> Stores<A>;
}

/// What [`Columns`] hand over.
#[doc(hidden)]
pub struct Stores<A>(pub(super) Vec<Store<A>>);

#[diagnostic::do_not_recommend]
impl<A, E: EnvEntry> Columns<A> for Column<A, E> {
    type Example = HList![E];
    fn rows(&self) -> Vec<usize> {
        vec![self.rows]
    }
    fn into_stores(self) -> Stores<A> {
        Stores(self.stores)
    }
}

macro_rules! tuple {
    ($($E:ident $i:tt)+) => {
        #[diagnostic::do_not_recommend]
        impl<A, $($E: EnvEntry),+> Columns<A> for ($(Column<A, $E>,)+) {
            type Example = HList![$($E),+];
            fn rows(&self) -> Vec<usize> {
                vec![$(self.$i.rows),+]
            }
            fn into_stores(self) -> Stores<A> {
                let mut stores = Vec::new();
                $(stores.extend(self.$i.stores);)+
                Stores(stores)
            }
        }
    };
}

tuple!(E0 0 E1 1);
tuple!(E0 0 E1 1 E2 2);
tuple!(E0 0 E1 1 E2 2 E3 3);
tuple!(E0 0 E1 1 E2 2 E3 3 E4 4);
tuple!(E0 0 E1 1 E2 2 E3 3 E4 4 E5 5);
tuple!(E0 0 E1 1 E2 2 E3 3 E4 4 E5 5 E6 6);
tuple!(E0 0 E1 1 E2 2 E3 3 E4 4 E5 5 E6 6 E7 7);
tuple!(E0 0 E1 1 E2 2 E3 3 E4 4 E5 5 E6 6 E7 7 E8 8);
tuple!(E0 0 E1 1 E2 2 E3 3 E4 4 E5 5 E6 6 E7 7 E8 8 E9 9);
tuple!(E0 0 E1 1 E2 2 E3 3 E4 4 E5 5 E6 6 E7 7 E8 8 E9 9 E10 10);
tuple!(E0 0 E1 1 E2 2 E3 3 E4 4 E5 5 E6 6 E7 7 E8 8 E9 9 E10 10 E11 11);
