//! Indices: `[usize; RANK]`, reading and writing single elements.

use super::{Dims, Tensor};
use crate::dim::Dim;
use crate::shape::Shape;
use core::ops::{Index, IndexMut};
use std::sync::Arc;

/// The shapes, with the type of their indices: `[usize; RANK]`.
pub trait Indexed: Shape {
    /// An index into a tensor of this shape.
    type Index: Copy + AsRef<[usize]>;

    /// The index of the element at an offset; the inverse of the row-major order.
    fn index_of(offset: usize) -> Self::Index;

    /// Every index, in row-major order.
    fn indices() -> impl Iterator<Item = Self::Index> {
        (0..Self::SIZE).map(Self::index_of)
    }
}

macro_rules! indexed {
    ($($D:ident)*; $rank:literal) => {
        impl<$($D: Dim),*> Indexed for ($($D,)*) {
            type Index = [usize; $rank];
            fn index_of(offset: usize) -> Self::Index {
                let mut index = [0; $rank];
                let mut rest = offset;
                for (place, dim) in index.iter_mut().zip(Self::DIMS).rev() {
                    *place = rest % dim;
                    rest /= dim;
                }
                index
            }
        }
    };
}

indexed!(; 0);
indexed!(A; 1);
indexed!(A B; 2);
indexed!(A B C; 3);
indexed!(A B C D; 4);
indexed!(A B C D E; 5);
indexed!(A B C D E F; 6);

/// The row-major offset of an index, if it is inside.
fn offset<S: Shape>(index: &[usize]) -> Option<usize> {
    let mut offset = 0;
    for (place, dim) in index.iter().zip(S::DIMS) {
        if place >= dim {
            return None;
        }
        offset = offset * dim + place;
    }
    Some(offset)
}

#[cold]
fn out_of_range<S: Shape>(index: &[usize]) -> ! {
    let dims = Dims::of::<S>();
    panic!("the index {index:?} is outside a tensor of dims {dims}; `get` returns an `Option`")
}

impl<A, S: Indexed> Tensor<A, S> {
    /// The element at an index, or `None` outside.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let t = Tensor::from([[1.0, 2.0], [3.0, 4.0]]);
    /// assert_eq!(t.get([1, 0]), Some(&3.0));
    /// assert_eq!(t.get([2, 0]), None);
    /// ```
    pub fn get(&self, index: S::Index) -> Option<&A> {
        self.data.get(offset::<S>(index.as_ref())?)
    }

    /// The element at an index, to write to, or `None` outside. The elements are copied if a clone shares them.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let mut t = Tensor::from([1.0, 2.0]);
    /// if let Some(x) = t.get_mut([1]) {
    ///     *x = 5.0;
    /// }
    /// t[[0]] += 1.0; // as for a slice: outside it panics
    /// assert_eq!(t, Tensor::from([2.0, 5.0]));
    /// ```
    pub fn get_mut(&mut self, index: S::Index) -> Option<&mut A>
    where
        A: Clone,
    {
        Arc::make_mut(&mut self.data).get_mut(offset::<S>(index.as_ref())?)
    }
}

/// As with slices, an index outside panics; [`Tensor::get`] does not.
impl<A, S: Indexed> Index<S::Index> for Tensor<A, S> {
    type Output = A;
    fn index(&self, index: S::Index) -> &A {
        self.get(index)
            .unwrap_or_else(|| out_of_range::<S>(index.as_ref()))
    }
}

impl<A: Clone, S: Indexed> IndexMut<S::Index> for Tensor<A, S> {
    fn index_mut(&mut self, index: S::Index) -> &mut A {
        self.get_mut(index)
            .unwrap_or_else(|| out_of_range::<S>(index.as_ref()))
    }
}

impl<A, S> Tensor<A, S> {
    /// A tensor from a function of the index: of as many numbers as there are axes.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let t: Tensor<usize, shape![2, 3]> = Tensor::from_fn(|[i, j]| 10 * i + j);
    /// assert_eq!(t.as_slice(), [0, 1, 2, 10, 11, 12]);
    /// ```
    // The rank is a parameter of its own: it is known from the pattern, where the shape is known only from what follows.
    pub fn from_fn<const RANK: usize>(f: impl FnMut([usize; RANK]) -> A) -> Self
    where
        S: Indexed<Index = [usize; RANK]>,
    {
        Self::from_vec_of_size(S::indices().map(f).collect())
    }
}
