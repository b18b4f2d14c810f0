//! One entry of a list: reading it, and the list that is zero everywhere else.

use super::{Algebra, TensorList};
use core::marker::PhantomData;
use frunk::hlist::{HCons, HNil};

/// The first entry, as a position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Here;

/// One entry further than `I`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct There<I>(PhantomData<I>);

/// The position `I` of a context or a list, with what is there: Lean's `Idx Γ s`.
#[diagnostic::on_unimplemented(
    message = "the list has no entry at this position",
    label = "past the end of the list",
    note = "docs/errors.md#x05"
)]
pub trait At<I> {
    /// What is at the position.
    type Entry;
    /// A reference to it.
    fn at(&self) -> &Self::Entry;
    /// The position, counted from 0.
    const POSITION: usize;
}

#[diagnostic::do_not_recommend]
impl<H, T> At<Here> for HCons<H, T> {
    type Entry = H;
    fn at(&self) -> &H {
        &self.head
    }
    const POSITION: usize = 0;
}

#[diagnostic::do_not_recommend]
impl<H, T: At<I>, I> At<There<I>> for HCons<H, T> {
    type Entry = T::Entry;
    fn at(&self) -> &T::Entry {
        self.tail.at()
    }
    const POSITION: usize = 1 + T::POSITION;
}

/// A position past the end of a list, which is none.
pub trait PastTheEnd {}

// An impl that never holds: the type of an entry is computed through it, so rustc reports this and not how the search went.
#[diagnostic::do_not_recommend]
impl<I: PastTheEnd> At<I> for HNil {
    type Entry = HNil;
    fn at(&self) -> &HNil {
        self
    }
    const POSITION: usize = 0;
}

/// Lists that can be zero everywhere but at the position `I`.
pub trait Single<A, I>: At<I> + Sized {
    /// `value` at the position, zeros elsewhere. The adjoint of reading the position.
    fn single(value: Self::Entry) -> Self;
}

impl<A, H, T: Algebra<A>> Single<A, Here> for HCons<H, T> {
    fn single(value: H) -> Self {
        HCons {
            head: value,
            tail: T::zeros(),
        }
    }
}

impl<A, H: Algebra<A>, T: Single<A, I>, I> Single<A, There<I>> for HCons<H, T> {
    fn single(value: T::Entry) -> Self {
        HCons {
            head: H::zeros(),
            tail: T::single(value),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<L: At<I>, I> At<I> for TensorList<L> {
    type Entry = L::Entry;
    fn at(&self) -> &L::Entry {
        self.0.at()
    }
    const POSITION: usize = L::POSITION;
}

impl<A, L: Single<A, I>, I> Single<A, I> for TensorList<L> {
    fn single(value: L::Entry) -> Self {
        TensorList(L::single(value))
    }
}

/// Positions by number: `Position<2>` is `There<There<Here>>`.
pub trait Number {
    /// The position.
    type Position;
}

/// A number as a type, for [`TensorList::get`].
pub struct Nth<const I: usize>;

macro_rules! nth {
    ($First:literal) => {
        impl Number for Nth<$First> {
            type Position = Here;
        }
    };
    ($Before:literal $Next:literal $($Rest:literal)*) => {
        impl Number for Nth<$Next> {
            type Position = There<<Nth<$Before> as Number>::Position>;
        }
        nth!(@ $Next $($Rest)*);
    };
    (@ $Last:literal) => {};
    (@ $Before:literal $Next:literal $($Rest:literal)*) => {
        nth!($Before $Next $($Rest)*);
    };
}

nth!(0);
nth!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31);

/// The type of the entry `I` of the list `L`.
type EntryAt<L, const I: usize> = <L as At<<Nth<I> as Number>::Position>>::Entry;

/// ```
/// use cotangent::prelude::*;
/// let x = tlist![Tensor::scalar(1.0), Tensor::from([2.0, 3.0])];
/// assert_eq!(x.get::<1>(), &Tensor::from([2.0, 3.0]));
/// let single = TList::<f64, context![[2], []]>::single::<f64, 1>(Tensor::scalar(5.0));
/// assert_eq!(single, tlist![Tensor::zeros(), Tensor::scalar(5.0)]);
/// ```
impl<L> TensorList<L> {
    /// The entry `I`, counted from 0 (up to 31; `tlist![…]` takes longer lists apart).
    pub fn get<const I: usize>(&self) -> &EntryAt<L, I>
    where
        Nth<I>: Number,
        L: At<<Nth<I> as Number>::Position>,
    {
        self.0.at()
    }

    /// The list that is `value` at the entry `I` and zero elsewhere.
    pub fn single<A, const I: usize>(value: EntryAt<L, I>) -> Self
    where
        Nth<I>: Number,
        L: Single<A, <Nth<I> as Number>::Position>,
    {
        TensorList(L::single(value))
    }
}
