//! Entries with a new first axis: what a scan takes for each step and gives of all steps, what `vmap` takes, and batches of data.

use super::environment::{EnvHandles, Environment};
use super::{EnvEntry, LabelsOf};
use crate::context::Group;
use crate::dim::Dim;
use crate::shape::Shape;
use crate::tensor::Key;
use frunk::hlist::{HCons, HNil};

/// An entry of each of `T` steps, stacked along a new first axis: of a shape `[3, 4]` it is `[T, 3, 4]`; of a list and of a
/// group, a list of what it is for each entry and field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not stack along a new first axis",
    label = "each step, or entry, takes and gives tensors of at most five axes, labels, or a group of tensors; docs/errors.md#h04"
)]
pub trait PerStep<T>: EnvEntry {
    /// The stack.
    type Stack: EnvEntry;
}

/// An environment of each of `T` steps: every entry is [stacked](PerStep); a key is one, and folded with the number of the
/// step.
pub trait EachEnvironment<T>: Environment {
    /// The environment of all steps.
    type Each: EnvHandles;
    /// Whether each value of the environment is stacked.
    #[doc(hidden)]
    fn stacked() -> Vec<bool>;
}

macro_rules! shapes {
    ($(($($D:ident)*))*) => {$(
        #[diagnostic::do_not_recommend]
        impl<Steps: Dim, $($D: Dim),*> PerStep<Steps> for ($($D,)*) {
            type Stack = (Steps, $($D,)*);
        }
        impl<Steps: Dim, $($D: Dim),*> EachEntry<Steps> for ($($D,)*) {
            type Each = (Steps, $($D,)*);
            const STACKED: bool = true;
        }
    )*};
}

shapes!(() (A) (A B) (A B C) (A B C D) (A B C D E));

#[diagnostic::do_not_recommend]
impl<T, C: Dim, S: Shape + PerStep<T, Stack: Shape>> PerStep<T> for LabelsOf<C, S> {
    type Stack = LabelsOf<C, S::Stack>;
}

#[diagnostic::do_not_recommend]
impl<T> PerStep<T> for HNil {
    type Stack = HNil;
}

#[diagnostic::do_not_recommend]
impl<T, E: PerStep<T>, G: PerStep<T>> PerStep<T> for HCons<E, G>
where
    Self: EnvEntry,
    HCons<E::Stack, G::Stack>: EnvEntry,
{
    type Stack = HCons<E::Stack, G::Stack>;
}

/// A group is stacked field by field, as a list.
#[diagnostic::do_not_recommend]
impl<T, G: Group<Fields: PerStep<T>>> PerStep<T> for G {
    type Stack = <G::Fields as PerStep<T>>::Stack;
}

/// Entries of a list that are stacked, each for itself.
#[doc(hidden)]
pub trait StackedList<T> {
    /// The stacks.
    type Stacks;
}

impl<T> StackedList<T> for HNil {
    type Stacks = HNil;
}

impl<T, E: PerStep<T>, R: StackedList<T>> StackedList<T> for HCons<E, R> {
    type Stacks = HCons<E::Stack, R::Stacks>;
}

/// How an entry of the environment is taken.
#[doc(hidden)]
pub trait EachEntry<T> {
    /// The entry of all steps.
    type Each: EnvEntry;
    /// Whether it is stacked.
    const STACKED: bool;
}

impl<T> EachEntry<T> for Key {
    type Each = Key;
    const STACKED: bool = false;
}

impl<T, C, S> EachEntry<T> for LabelsOf<C, S>
where
    Self: PerStep<T>,
{
    type Each = <Self as PerStep<T>>::Stack;
    const STACKED: bool = true;
}

impl<T> EachEnvironment<T> for HNil {
    type Each = HNil;
    fn stacked() -> Vec<bool> {
        Vec::new()
    }
}

impl<T, E: EnvEntry + EachEntry<T>, D: EachEnvironment<T>> EachEnvironment<T> for HCons<E, D>
where
    Self: Environment,
    HCons<E::Each, D::Each>: EnvHandles,
{
    type Each = HCons<E::Each, D::Each>;
    fn stacked() -> Vec<bool> {
        let mut all = vec![E::STACKED];
        all.extend(D::stacked());
        all
    }
}
