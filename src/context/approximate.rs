//! The `approx` traits for lists: every entry is close.

use super::group::{ListOf, list};
use super::{GroupValues, List, TensorList};
use crate::tensor::Tensor;
use approx::{AbsDiffEq, RelativeEq, UlpsEq};
use frunk::hlist::{HCons, HNil};

/// What a list holds at one entry, compared up to a tolerance: a tensor, or a list.
#[doc(hidden)]
pub trait CloseEntry {
    /// The tolerance.
    type Epsilon: Clone;
    /// The absolute difference that is allowed where none is given.
    fn default_epsilon() -> Self::Epsilon;
    /// The relative difference that is allowed where none is given.
    fn default_max_relative() -> Self::Epsilon;
    /// How many representable floats are allowed where no number is given.
    fn default_max_ulps() -> u32;
    /// Whether it is equal up to an absolute difference.
    fn is_abs_diff_eq(&self, other: &Self, epsilon: Self::Epsilon) -> bool;
    /// Whether it is equal up to a relative difference.
    fn is_relative_eq(&self, other: &Self, epsilon: Self::Epsilon, relative: Self::Epsilon)
    -> bool;
    /// Whether it is equal up to a number of representable floats.
    fn is_ulps_eq(&self, other: &Self, epsilon: Self::Epsilon, ulps: u32) -> bool;
}

/// Implements [`CloseEntry`] through the traits of `approx`.
macro_rules! close_entry {
    ([$($param:tt)*] $T:ty) => {
        impl<$($param)*> CloseEntry for $T
        where
            Self: RelativeEq<Epsilon: Clone> + UlpsEq,
        {
            type Epsilon = <Self as AbsDiffEq>::Epsilon;
            fn default_epsilon() -> Self::Epsilon {
                <Self as AbsDiffEq>::default_epsilon()
            }
            fn default_max_relative() -> Self::Epsilon {
                <Self as RelativeEq>::default_max_relative()
            }
            fn default_max_ulps() -> u32 {
                <Self as UlpsEq>::default_max_ulps()
            }
            fn is_abs_diff_eq(&self, other: &Self, epsilon: Self::Epsilon) -> bool {
                self.abs_diff_eq(other, epsilon)
            }
            fn is_relative_eq(
                &self,
                other: &Self,
                epsilon: Self::Epsilon,
                relative: Self::Epsilon,
            ) -> bool {
                self.relative_eq(other, epsilon, relative)
            }
            fn is_ulps_eq(&self, other: &Self, epsilon: Self::Epsilon, ulps: u32) -> bool {
                self.ulps_eq(other, epsilon, ulps)
            }
        }
    };
}

close_entry!([A, S] Tensor<A, S>);
close_entry!([H, T] TensorList<HCons<H, T>>);

/// The values of a group, by way of its list.
#[diagnostic::do_not_recommend]
impl<G: GroupValues> CloseEntry for G
where
    ListOf<G>: CloseEntry,
{
    type Epsilon = <ListOf<G> as CloseEntry>::Epsilon;
    fn default_epsilon() -> Self::Epsilon {
        ListOf::<G>::default_epsilon()
    }
    fn default_max_relative() -> Self::Epsilon {
        ListOf::<G>::default_max_relative()
    }
    fn default_max_ulps() -> u32 {
        ListOf::<G>::default_max_ulps()
    }
    fn is_abs_diff_eq(&self, other: &Self, epsilon: Self::Epsilon) -> bool {
        list(self).is_abs_diff_eq(&list(other), epsilon)
    }
    fn is_relative_eq(
        &self,
        other: &Self,
        epsilon: Self::Epsilon,
        relative: Self::Epsilon,
    ) -> bool {
        list(self).is_relative_eq(&list(other), epsilon, relative)
    }
    fn is_ulps_eq(&self, other: &Self, epsilon: Self::Epsilon, ulps: u32) -> bool {
        list(self).is_ulps_eq(&list(other), epsilon, ulps)
    }
}

impl<E: CloseEntry, const L: usize> CloseEntry for List<E, L> {
    type Epsilon = E::Epsilon;
    fn default_epsilon() -> E::Epsilon {
        E::default_epsilon()
    }
    fn default_max_relative() -> E::Epsilon {
        E::default_max_relative()
    }
    fn default_max_ulps() -> u32 {
        E::default_max_ulps()
    }
    fn is_abs_diff_eq(&self, other: &Self, epsilon: E::Epsilon) -> bool {
        let mut pairs = self.iter().zip(other);
        pairs.all(|(x, y)| x.is_abs_diff_eq(y, epsilon.clone()))
    }
    fn is_relative_eq(&self, other: &Self, epsilon: E::Epsilon, relative: E::Epsilon) -> bool {
        let mut pairs = self.iter().zip(other);
        pairs.all(|(x, y)| x.is_relative_eq(y, epsilon.clone(), relative.clone()))
    }
    fn is_ulps_eq(&self, other: &Self, epsilon: E::Epsilon, ulps: u32) -> bool {
        let mut pairs = self.iter().zip(other);
        pairs.all(|(x, y)| x.is_ulps_eq(y, epsilon.clone(), ulps))
    }
}

/// Lists whose entries can be compared up to a tolerance of type `E`.
#[doc(hidden)]
pub trait CloseEntries<E> {
    /// Whether all entries are equal up to an absolute difference.
    fn all_abs_diff_eq(&self, other: &Self, epsilon: E) -> bool;
    /// Whether all entries are equal up to a relative difference.
    fn all_relative_eq(&self, other: &Self, epsilon: E, max_relative: E) -> bool;
    /// Whether all entries are equal up to a number of representable floats.
    fn all_ulps_eq(&self, other: &Self, epsilon: E, max_ulps: u32) -> bool;
}

impl<E> CloseEntries<E> for HNil {
    fn all_abs_diff_eq(&self, _other: &Self, _epsilon: E) -> bool {
        true
    }
    fn all_relative_eq(&self, _other: &Self, _epsilon: E, _max_relative: E) -> bool {
        true
    }
    fn all_ulps_eq(&self, _other: &Self, _epsilon: E, _max_ulps: u32) -> bool {
        true
    }
}

impl<E: Clone, H, T> CloseEntries<E> for HCons<H, T>
where
    H: CloseEntry<Epsilon = E>,
    T: CloseEntries<E>,
{
    fn all_abs_diff_eq(&self, other: &Self, epsilon: E) -> bool {
        self.head.is_abs_diff_eq(&other.head, epsilon.clone())
            && self.tail.all_abs_diff_eq(&other.tail, epsilon)
    }
    fn all_relative_eq(&self, other: &Self, epsilon: E, max_relative: E) -> bool {
        let (e, relative) = (epsilon.clone(), max_relative.clone());
        self.head.is_relative_eq(&other.head, e, relative)
            && self
                .tail
                .all_relative_eq(&other.tail, epsilon, max_relative)
    }
    fn all_ulps_eq(&self, other: &Self, epsilon: E, max_ulps: u32) -> bool {
        self.head.is_ulps_eq(&other.head, epsilon.clone(), max_ulps)
            && self.tail.all_ulps_eq(&other.tail, epsilon, max_ulps)
    }
}

/// ```
/// use cotangent::prelude::*;
/// let x = tlist![Tensor::from([1.0, 2.0]), [tlist![Tensor::scalar(3.0)], tlist![Tensor::scalar(4.0)]]];
/// let y = x.map(|v: &f64| v + 1e-9);
/// assert!(approx::abs_diff_eq!(x, y, epsilon = 1e-8));
/// assert!(!approx::abs_diff_eq!(x, y, epsilon = 1e-10));
/// ```
impl<H, T> AbsDiffEq for TensorList<HCons<H, T>>
where
    H: CloseEntry,
    HCons<H, T>: CloseEntries<H::Epsilon> + PartialEq,
{
    type Epsilon = H::Epsilon;
    fn default_epsilon() -> H::Epsilon {
        H::default_epsilon()
    }
    fn abs_diff_eq(&self, other: &Self, epsilon: H::Epsilon) -> bool {
        self.0.all_abs_diff_eq(&other.0, epsilon)
    }
}

impl<H, T> RelativeEq for TensorList<HCons<H, T>>
where
    H: CloseEntry,
    HCons<H, T>: CloseEntries<H::Epsilon> + PartialEq,
{
    fn default_max_relative() -> H::Epsilon {
        H::default_max_relative()
    }
    fn relative_eq(&self, other: &Self, epsilon: H::Epsilon, max_relative: H::Epsilon) -> bool {
        self.0.all_relative_eq(&other.0, epsilon, max_relative)
    }
}

impl<H, T> UlpsEq for TensorList<HCons<H, T>>
where
    H: CloseEntry,
    HCons<H, T>: CloseEntries<H::Epsilon> + PartialEq,
{
    fn default_max_ulps() -> u32 {
        H::default_max_ulps()
    }
    fn ulps_eq(&self, other: &Self, epsilon: H::Epsilon, max_ulps: u32) -> bool {
        self.0.all_ulps_eq(&other.0, epsilon, max_ulps)
    }
}
