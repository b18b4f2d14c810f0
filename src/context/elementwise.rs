//! Functions of each element of a list: what an optimiser such as Adam needs beyond sums and multiples.

use super::TensorList;
use crate::shape::Shape;
use crate::tensor::Tensor;
use frunk::hlist::{HCons, HNil};

/// Tensors, and lists of them, as collections of scalars `A`.
pub trait Elementwise<A>: Sized {
    /// `f` of each element.
    fn map_each(&self, f: &mut dyn FnMut(&A) -> A) -> Self;
    /// `f` of each pair of elements of two lists over one context.
    fn zip_each(&self, other: &Self, f: &mut dyn FnMut(&A, &A) -> A) -> Self;
}

impl<A, S: Shape> Elementwise<A> for Tensor<A, S> {
    fn map_each(&self, f: &mut dyn FnMut(&A) -> A) -> Self {
        self.map(f)
    }
    fn zip_each(&self, other: &Self, f: &mut dyn FnMut(&A, &A) -> A) -> Self {
        self.zip_map(other, f)
    }
}

impl<A> Elementwise<A> for HNil {
    fn map_each(&self, _f: &mut dyn FnMut(&A) -> A) -> Self {
        HNil
    }
    fn zip_each(&self, _other: &Self, _f: &mut dyn FnMut(&A, &A) -> A) -> Self {
        HNil
    }
}

impl<A, H: Elementwise<A>, T: Elementwise<A>> Elementwise<A> for HCons<H, T> {
    fn map_each(&self, f: &mut dyn FnMut(&A) -> A) -> Self {
        let head = self.head.map_each(f);
        let tail = self.tail.map_each(f);
        HCons { head, tail }
    }
    fn zip_each(&self, other: &Self, f: &mut dyn FnMut(&A, &A) -> A) -> Self {
        let head = self.head.zip_each(&other.head, f);
        let tail = self.tail.zip_each(&other.tail, f);
        HCons { head, tail }
    }
}

impl<A, L: Elementwise<A>> Elementwise<A> for TensorList<L> {
    fn map_each(&self, f: &mut dyn FnMut(&A) -> A) -> Self {
        TensorList(self.0.map_each(f))
    }
    fn zip_each(&self, other: &Self, f: &mut dyn FnMut(&A, &A) -> A) -> Self {
        TensorList(self.0.zip_each(&other.0, f))
    }
}

/// ```
/// use cotangent::prelude::*;
/// // A step of RMSProp, on parameters of any shapes.
/// let gradient = tlist![Tensor::from([3.0, -4.0]), Tensor::scalar(0.0)];
/// let mean_square = gradient.map(|g| g * g);
/// let step = gradient.zip_map(&mean_square, |g, m: &f64| g / (m.sqrt() + 1.0));
/// assert_eq!(step, tlist![Tensor::from([0.75, -0.8]), Tensor::scalar(0.0)]);
/// ```
impl<L> TensorList<L> {
    /// `f` of each element, depth first.
    pub fn map<A>(&self, mut f: impl FnMut(&A) -> A) -> Self
    where
        L: Elementwise<A>,
    {
        TensorList(self.0.map_each(&mut f))
    }

    /// `f` of each pair of elements of two lists over one context, depth first.
    pub fn zip_map<A>(&self, other: &Self, mut f: impl FnMut(&A, &A) -> A) -> Self
    where
        L: Elementwise<A>,
    {
        TensorList(self.0.zip_each(&other.0, &mut f))
    }
}
