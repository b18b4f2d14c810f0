//! Lists of tensors.

use super::snoc::{Snoc, Unsnoc};
use core::fmt;
use frunk::hlist::{HCons, HNil};

/// A frunk `HList` of tensors. `TList<A, G>` names it by its context; `tlist![…]` makes one and takes one apart.
///
/// ```
/// use cotangent::prelude::*;
/// let list: TList<f64, context![[2], []]> = tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0)];
/// let tlist![x, y] = list;
/// assert_eq!(x[[1]] + y.item(), 5.0);
/// // Its field is frunk's list.
/// assert_eq!(TensorList(cotangent::frunk::hlist![x, y]).to_any_list().len(), 2);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TensorList<L>(
    /// The list itself, open to all of frunk's methods.
    pub L,
);

// Beside the type, and with its bound in the line of the function: of a method of another file rustc gives the path, and
// it shows all lines from the name to the bound.
impl<L> TensorList<L> {
    /// This list with one more entry, the last: `Γ ++ [T]`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let list = tlist![Tensor::scalar(1)].snoc(Tensor::scalar(2));
    /// let (init, last) = list.unsnoc();
    /// assert_eq!((init, last), (tlist![Tensor::scalar(1)], Tensor::scalar(2)));
    /// ```
    pub fn snoc<T>(self, last: T) -> TensorList<L::Out>
    where
        L: Snoc<T>,
    {
        TensorList(self.0.snoc(last))
    }

    /// This list without its last entry, and that entry. The inverse of [`snoc`](Self::snoc).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let (init, last) = tlist![Tensor::from([1.0]), Tensor::scalar(2.0)].unsnoc();
    /// assert_eq!((init, last.item()), (tlist![Tensor::from([1.0])], 2.0));
    /// ```
    #[rustfmt::skip]
    pub fn unsnoc<Init, T>(self) -> (TensorList<Init>, T) where L: Unsnoc<Init = Init, Last = T> {
        let (init, last) = self.0.unsnoc();
        (TensorList(init), last)
    }
}

impl<L: Snoc<T>, T> Snoc<T> for TensorList<L> {
    type Out = TensorList<L::Out>;
    fn snoc(self, last: T) -> Self::Out {
        TensorList(self.0.snoc(last))
    }
}

#[diagnostic::do_not_recommend]
impl<L: Unsnoc> Unsnoc for TensorList<L> {
    type Init = TensorList<L::Init>;
    type Last = L::Last;
    fn unsnoc(self) -> (Self::Init, Self::Last) {
        let (init, last) = self.0.unsnoc();
        (TensorList(init), last)
    }
}

/// Prints the entries of a list, one after the other.
pub trait DebugEntries {
    /// Adds the entries.
    fn entries(&self, list: &mut fmt::DebugList<'_, '_>);
}

impl DebugEntries for HNil {
    fn entries(&self, _list: &mut fmt::DebugList<'_, '_>) {}
}

impl<H: fmt::Debug, T: DebugEntries> DebugEntries for HCons<H, T> {
    fn entries(&self, list: &mut fmt::DebugList<'_, '_>) {
        list.entry(&self.head);
        self.tail.entries(list);
    }
}

impl<L: DebugEntries> fmt::Debug for TensorList<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        self.0.entries(&mut list);
        list.finish()
    }
}
