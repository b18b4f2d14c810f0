//! Lists from their other end: `snoc` adds a last entry, `unsnoc` takes it off.

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
    label = "expected a list with an entry; docs/errors.md#x05"
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
