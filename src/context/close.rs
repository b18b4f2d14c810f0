//! The `approx` traits for lists: every entry is close.

use super::TensorList;
use approx::{AbsDiffEq, RelativeEq, UlpsEq};
use frunk::hlist::{HCons, HNil};

/// Lists whose entries can be compared up to a tolerance of type `E`.
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
    H: RelativeEq<Epsilon = E> + UlpsEq,
    T: CloseEntries<E>,
{
    fn all_abs_diff_eq(&self, other: &Self, epsilon: E) -> bool {
        self.head.abs_diff_eq(&other.head, epsilon.clone())
            && self.tail.all_abs_diff_eq(&other.tail, epsilon)
    }
    fn all_relative_eq(&self, other: &Self, epsilon: E, max_relative: E) -> bool {
        self.head
            .relative_eq(&other.head, epsilon.clone(), max_relative.clone())
            && self
                .tail
                .all_relative_eq(&other.tail, epsilon, max_relative)
    }
    fn all_ulps_eq(&self, other: &Self, epsilon: E, max_ulps: u32) -> bool {
        self.head.ulps_eq(&other.head, epsilon.clone(), max_ulps)
            && self.tail.all_ulps_eq(&other.tail, epsilon, max_ulps)
    }
}

impl<H, T> AbsDiffEq for TensorList<HCons<H, T>>
where
    H: AbsDiffEq,
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
    H: RelativeEq,
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
    H: UlpsEq,
    HCons<H, T>: CloseEntries<H::Epsilon> + PartialEq,
{
    fn default_max_ulps() -> u32 {
        H::default_max_ulps()
    }
    fn ulps_eq(&self, other: &Self, epsilon: H::Epsilon, max_ulps: u32) -> bool {
        self.0.all_ulps_eq(&other.0, epsilon, max_ulps)
    }
}
