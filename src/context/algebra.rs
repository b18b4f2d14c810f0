//! The vector space of a context: zero, sum, difference, scaling, inner product, entry by entry.

use super::TensorList;
use crate::scalar::{Ring, Semiring};
use crate::shape::Shape;
use crate::tensor::Tensor;
use frunk::hlist::{HCons, HNil};

/// Tensors, and lists of them, as vectors over a scalar `A`.
///
/// Where the shapes are known, operators say the same: `&w - &gradient * 0.5`.
///
/// ```
/// use cotangent::context::Algebra;
/// use cotangent::prelude::*;
/// // One step of gradient descent, for a tensor or a list of any shapes.
/// fn descend<V: Algebra<f64>>(w: &V, gradient: &V) -> V {
///     w.sub(&gradient.scale(0.5))
/// }
/// let (w, dw) = (tlist![Tensor::from([1.0, 2.0])], tlist![Tensor::from([2.0, 0.0])]);
/// assert_eq!(descend(&w, &dw), tlist![Tensor::from([0.0, 2.0])]);
/// assert_eq!(Algebra::add(&w, &Algebra::<f64>::zeros()), w);
/// assert_eq!(Algebra::<f64>::dot(&w, &dw), 2.0);
/// ```
pub trait Algebra<A>: Sized {
    /// The vector of zeros.
    fn zeros() -> Self;
    /// The sum.
    fn add(&self, other: &Self) -> Self;
    /// The difference.
    fn sub(&self, other: &Self) -> Self
    where
        A: Ring;
    /// The multiple by a scalar, each element times `c`.
    fn scale(&self, c: A) -> Self;
    /// The inner product: the sum of the products of all elements.
    fn dot(&self, other: &Self) -> A;
}

impl<A: Semiring, S: Shape> Algebra<A> for Tensor<A, S> {
    fn zeros() -> Self {
        Tensor::zeros()
    }
    fn add(&self, other: &Self) -> Self {
        Tensor::add(self, other)
    }
    fn sub(&self, other: &Self) -> Self
    where
        A: Ring,
    {
        Tensor::sub(self, other)
    }
    fn scale(&self, c: A) -> Self {
        Tensor::scale(self, c)
    }
    fn dot(&self, other: &Self) -> A {
        Tensor::dot(self, other)
    }
}

impl<A: Semiring> Algebra<A> for HNil {
    fn zeros() -> Self {
        HNil
    }
    fn add(&self, _other: &Self) -> Self {
        HNil
    }
    fn sub(&self, _other: &Self) -> Self
    where
        A: Ring,
    {
        HNil
    }
    fn scale(&self, _c: A) -> Self {
        HNil
    }
    fn dot(&self, _other: &Self) -> A {
        A::zero()
    }
}

impl<A: Semiring, H: Algebra<A>, T: Algebra<A>> Algebra<A> for HCons<H, T> {
    // Inlined, each list would be compiled once more in every longer one.
    #[inline(never)]
    fn zeros() -> Self {
        HCons {
            head: H::zeros(),
            tail: T::zeros(),
        }
    }
    #[inline(never)]
    fn add(&self, other: &Self) -> Self {
        HCons {
            head: self.head.add(&other.head),
            tail: self.tail.add(&other.tail),
        }
    }
    #[inline(never)]
    fn sub(&self, other: &Self) -> Self
    where
        A: Ring,
    {
        HCons {
            head: self.head.sub(&other.head),
            tail: self.tail.sub(&other.tail),
        }
    }
    #[inline(never)]
    fn scale(&self, c: A) -> Self {
        HCons {
            head: self.head.scale(c.clone()),
            tail: self.tail.scale(c),
        }
    }
    #[inline(never)]
    fn dot(&self, other: &Self) -> A {
        self.head.dot(&other.head) + self.tail.dot(&other.tail)
    }
}

/// A list of lists: a group is a vector too.
impl<A: Semiring, L: Algebra<A>> Algebra<A> for TensorList<L> {
    fn zeros() -> Self {
        TensorList(L::zeros())
    }
    fn add(&self, other: &Self) -> Self {
        TensorList(self.0.add(&other.0))
    }
    fn sub(&self, other: &Self) -> Self
    where
        A: Ring,
    {
        TensorList(self.0.sub(&other.0))
    }
    fn scale(&self, c: A) -> Self {
        TensorList(self.0.scale(c))
    }
    fn dot(&self, other: &Self) -> A {
        self.0.dot(&other.0)
    }
}

/// The same as methods, so that no trait has to be imported. Operators do it, too, of references and of values.
///
/// ```
/// use cotangent::prelude::*;
/// let mut w = tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0)];
/// let dw = tlist![Tensor::from([4.0, 0.0]), Tensor::scalar(2.0)];
/// assert_eq!(&w - &dw * 0.5, tlist![Tensor::from([-1.0, 2.0]), Tensor::scalar(2.0)]);
/// w += -dw;
/// assert_eq!(w, tlist![Tensor::from([-3.0, 2.0]), Tensor::scalar(1.0)]);
/// ```
impl<L> TensorList<L> {
    /// The list of zero tensors.
    pub fn zeros<A>() -> Self
    where
        L: Algebra<A>,
    {
        TensorList(L::zeros())
    }

    /// The sum, entry by entry.
    pub fn add<A>(&self, other: &Self) -> Self
    where
        L: Algebra<A>,
    {
        TensorList(self.0.add(&other.0))
    }

    /// The difference, entry by entry.
    pub fn sub<A: Ring>(&self, other: &Self) -> Self
    where
        L: Algebra<A>,
    {
        TensorList(self.0.sub(&other.0))
    }

    /// Every element times `c`.
    pub fn scale<A>(&self, c: A) -> Self
    where
        L: Algebra<A>,
    {
        TensorList(self.0.scale(c))
    }

    /// The sum of the inner products of the entries.
    pub fn dot<A>(&self, other: &Self) -> A
    where
        L: Algebra<A>,
    {
        self.0.dot(&other.0)
    }
}
