//! Lists from their other end: `snoc` adds a last entry, `unsnoc` takes it off.

use super::TensorList;
use frunk::hlist::{HCons, HNil};

/// Lists that can grow by a last entry `T`.
pub trait Snoc<T> {
    /// The longer list.
    type Out: Unsnoc<Init = Self, Last = T>;
    /// Adds a last entry.
    fn snoc(self, last: T) -> Self::Out;
}

impl<T> Snoc<T> for HNil {
    type Out = HCons<T, HNil>;
    fn snoc(self, last: T) -> Self::Out {
        HCons {
            head: last,
            tail: HNil,
        }
    }
}

impl<H, R, T> Snoc<T> for HCons<H, R>
where
    R: Snoc<T>,
    HCons<H, R::Out>: Unsnoc<Init = Self, Last = T>,
{
    type Out = HCons<H, R::Out>;
    fn snoc(self, last: T) -> Self::Out {
        HCons {
            head: self.head,
            tail: self.tail.snoc(last),
        }
    }
}

/// Lists with a last entry.
#[diagnostic::on_unimplemented(
    message = "an empty list has no last entry",
    label = "expected a list with an entry; docs/errors.md#x06"
)]
pub trait Unsnoc: Sized {
    /// The list without its last entry.
    type Init;
    /// The last entry.
    type Last;
    /// Takes the last entry off.
    fn unsnoc(self) -> (Self::Init, Self::Last);
}

#[diagnostic::do_not_recommend]
impl<T> Unsnoc for HCons<T, HNil> {
    type Init = HNil;
    type Last = T;
    fn unsnoc(self) -> (HNil, T) {
        (HNil, self.head)
    }
}

#[diagnostic::do_not_recommend]
impl<H, I, R> Unsnoc for HCons<H, HCons<I, R>>
where
    HCons<I, R>: Unsnoc,
{
    type Init = HCons<H, <HCons<I, R> as Unsnoc>::Init>;
    type Last = <HCons<I, R> as Unsnoc>::Last;
    fn unsnoc(self) -> (Self::Init, Self::Last) {
        let (init, last) = self.tail.unsnoc();
        (
            HCons {
                head: self.head,
                tail: init,
            },
            last,
        )
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
}
