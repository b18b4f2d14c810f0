//! What all values of contexts can do.

use super::{Algebra, Elementwise, Erase, Named, Tensors};

/// What tensors, lists, arrays and groups of tensors can do, whatever their shapes: form a vector space, be mapped, forget
/// their shapes, be compared, and name their tensors.
///
/// ```
/// use cotangent::prelude::*;
/// // One bound for whatever parameters a model has.
/// fn norm<V: Vector<f64>>(x: &V) -> f64 {
///     x.dot(x).sqrt()
/// }
/// assert_eq!(norm(&tlist![Tensor::from([3.0]), tlist![Tensor::scalar(4.0)]]), 5.0);
/// ```
pub trait Vector<A>:
    Algebra<A>
    + Elementwise<A>
    + Erase<A>
    + Named<A>
    + Clone
    + PartialEq
    + Send
    + Sync
    + Sized
    + 'static
{
    /// `f` of each element, depth first.
    fn map(&self, mut f: impl FnMut(&A) -> A) -> Self {
        self.map_each(&mut f)
    }

    /// `f` of each pair of elements of two of one structure, depth first.
    fn zip_map(&self, other: &Self, mut f: impl FnMut(&A, &A) -> A) -> Self {
        self.zip_each(other, &mut f)
    }

    /// Every tensor, depth first: its name, its dims, and its elements, row major.
    fn names(&self) -> Tensors<'_, A> {
        let mut all = Vec::new();
        self.walk(&Default::default(), &mut |name, dims, elements| {
            all.push((name, dims, elements));
        });
        all
    }
}

impl<A, T> Vector<A> for T where
    T: Algebra<A>
        + Elementwise<A>
        + Erase<A>
        + Named<A>
        + Clone
        + PartialEq
        + Send
        + Sync
        + Sized
        + 'static
{
}
