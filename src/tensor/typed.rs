//! Tensors with their shapes in their types.

use super::{Dims, TensorError, slices};
use crate::scalar::Semiring;
use crate::shape::{Axis, RemoveAxis, Shape};
use core::marker::PhantomData;
use core::slice;
use std::sync::Arc;

/// Scalars of type `A` in the shape `S`, row major, on the heap. A clone shares the elements.
///
/// | to | call |
/// | --- | --- |
/// | make | `Tensor::from` of nested arrays, [`from_vec`](Self::from_vec), [`from_fn`](Self::from_fn), [`full`](Self::full), [`zeros`](Self::zeros), [`ones`](Self::ones), [`scalar`](Tensor::scalar) |
/// | draw | [`Tensor::uniform`](crate::context::Vector::uniform), [`Tensor::normal`](crate::context::Vector::normal), from a seeded generator |
/// | read | `t[[i, j]]`, [`get`](Self::get), [`item`](Self::item), [`iter`](Self::iter), [`row`](Self::row), [`rows`](Self::rows), [`as_slice`](Self::as_slice), [`into_vec`](Self::into_vec), [`dims`](Self::dims) |
/// | compute | `+`, `-`, `*`, `/` of tensors of one shape and of scalars, [`map`](Self::map), [`zip_map`](Self::zip_map); a graph for everything else |
/// | reduce | [`sum`](Self::sum), [`mean`](Self::mean), [`argmax`](Self::argmax), [`dot`](Self::dot) |
/// | forget the shape | [`to_any`](Self::to_any) |
///
/// ```
/// use cotangent::prelude::*;
/// let t = Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// let _: &Tensor<f64, shape![2, 3]> = &t;
/// assert_eq!(t[[1, 2]], 6.0);
/// assert_eq!(t.dims(), &[2, 3]);
///
/// // Operators take values and references. They repeat nothing: two tensors have one shape.
/// let u = 2.0 * &t - Tensor::ones();
/// assert_eq!(u / 2.0, Tensor::from([[0.5, 1.5, 2.5], [3.5, 4.5, 5.5]]));
/// ```
///
/// As between scalars, `/` panics where the scalar has no quotient: exact rationals over zero.
pub struct Tensor<A, S> {
    pub(super) data: Arc<Vec<A>>,
    pub(super) shape: PhantomData<S>,
}

// The bound is on each function: on the impl, a shape that is none would be "unsatisfied trait bounds".
impl<A, S> Tensor<A, S> {
    /// A tensor from its elements, row major.
    ///
    /// # Errors
    /// [`TensorError::Length`] if there are not exactly as many as the shape has.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let t = Tensor::<f32, shape![2, 2]>::from_vec(vec![1.0, 2.0, 3.0, 4.0])?;
    /// assert_eq!(t[[1, 0]], 3.0);
    /// let error = Tensor::<f32, shape![2, 2]>::from_vec(vec![1.0]).unwrap_err();
    /// assert_eq!(error.to_string(), "a tensor of dims [2, 2] has 4 elements, got 1");
    /// # Ok::<(), TensorError>(())
    /// ```
    pub fn from_vec(data: Vec<A>) -> Result<Self, TensorError>
    where
        S: Shape,
    {
        if data.len() == S::SIZE {
            Ok(Self::from_vec_of_size(data))
        } else {
            Err(TensorError::Length {
                dims: Dims::of::<S>(),
                expected: S::SIZE,
                got: data.len(),
            })
        }
    }

    // The bounds of the next three are in the line of the function: if one fails, rustc shows from the name to the
    // bound, which would be three lines more.

    /// A tensor with the same scalar everywhere.
    #[rustfmt::skip]
    pub fn full(value: A) -> Self where S: Shape, A: Clone {
        Self::from_vec_of_size(vec![value; S::SIZE])
    }

    /// The tensor of zeros.
    #[rustfmt::skip]
    pub fn zeros() -> Self where S: Shape, A: Semiring {
        Self::full(A::zero())
    }

    /// The tensor of ones.
    #[rustfmt::skip]
    pub fn ones() -> Self where S: Shape, A: Semiring {
        Self::full(A::one())
    }
}

impl<A, S: Shape> Tensor<A, S> {
    /// For callers that have counted.
    pub(super) fn from_vec_of_size(data: Vec<A>) -> Self {
        debug_assert_eq!(data.len(), S::SIZE);
        Tensor {
            data: Arc::new(data),
            shape: PhantomData,
        }
    }

    /// The sizes of the axes, outermost first.
    pub fn dims(&self) -> &'static [usize] {
        S::DIMS
    }

    /// The elements, row major.
    pub fn as_slice(&self) -> &[A] {
        &self.data
    }

    /// The elements, row major; copied only if a clone of this tensor is alive.
    pub fn into_vec(self) -> Vec<A>
    where
        A: Clone,
    {
        Arc::unwrap_or_clone(self.data)
    }

    /// `f` of each element.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// assert_eq!(Tensor::from([1.0, 4.0]).map(|x| x * 2.0), Tensor::from([2.0, 8.0]));
    /// ```
    pub fn map<B>(&self, f: impl FnMut(&A) -> B) -> Tensor<B, S> {
        Tensor::from_vec_of_size(slices::map(&self.data, f))
    }

    /// `f` of each pair of elements of two tensors of one shape.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let (x, y) = (Tensor::from([1.0, 2.0]), Tensor::from([3.0, 5.0]));
    /// assert_eq!(x.zip_map(&y, |x, y| y - x), Tensor::from([2.0, 3.0]));
    /// ```
    pub fn zip_map<B, C>(&self, other: &Tensor<B, S>, f: impl FnMut(&A, &B) -> C) -> Tensor<C, S> {
        Tensor::from_vec_of_size(slices::zip(&self.data, &other.data, f))
    }
}

impl<A> Tensor<A, ()> {
    /// A scalar as a tensor.
    pub fn scalar(value: A) -> Self {
        Self::from_vec_of_size(vec![value])
    }
}

// Each with a parameter for the shape of a row: with the type in its place, rustc says that there is no such method. The
// bounds are in the line of the function, as above. A shape with an axis 0 has a first dim.
impl<A, S> Tensor<A, S> {
    /// The row `i`, of the shape without its first axis: of a matrix a vector, of a batch of images one image. `None` past the
    /// last.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let x = Tensor::from([[1.0, 2.0], [3.0, 4.0]]);
    /// assert_eq!(x.row(1), Some(Tensor::from([3.0, 4.0])));
    /// assert_eq!(x.row(2), None);
    /// ```
    #[rustfmt::skip]
    pub fn row<R: Shape>(&self, i: usize) -> Option<Tensor<A, R>> where S: RemoveAxis<Axis<0>, Out = R>, A: Clone {
        (i < S::DIMS[0]).then(|| self.row_inside(i))
    }

    /// The rows, one after the other.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let x = Tensor::from([[1.0, 2.0], [3.0, 4.0]]);
    /// let sums: Vec<f64> = x.rows().map(|row| row.sum()).collect();
    /// assert_eq!(sums, [3.0, 7.0]);
    /// ```
    #[rustfmt::skip]
    pub fn rows<R: Shape>(&self) -> impl ExactSizeIterator<Item = Tensor<A, R>> where S: RemoveAxis<Axis<0>, Out = R>, A: Clone {
        (0..S::DIMS[0]).map(|i| self.row_inside(i))
    }

    /// A row that there is, of the shape of a row: the elements are those of all rows, one after the other.
    fn row_inside<R: Shape>(&self, i: usize) -> Tensor<A, R>
    where
        A: Clone,
    {
        Tensor::from_vec_of_size(self.data[i * R::SIZE..(i + 1) * R::SIZE].to_vec())
    }

    /// The elements, row major.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let x = Tensor::from([[1.0, -2.0], [3.0, -4.0]]);
    /// assert_eq!(x.iter().filter(|x| **x < 0.0).count(), 2);
    /// for element in &x {
    ///     assert!(*element < 5.0);
    /// }
    /// ```
    pub fn iter(&self) -> slice::Iter<'_, A> {
        self.data.iter()
    }
}

impl<'a, A, S> IntoIterator for &'a Tensor<A, S> {
    type Item = &'a A;
    type IntoIter = slice::Iter<'a, A>;
    fn into_iter(self) -> slice::Iter<'a, A> {
        self.iter()
    }
}

/// A shape without axes.
#[diagnostic::on_unimplemented(
    message = "a tensor of shape `{Self}` is not one number",
    label = "read one element, as `t[[0]]`, or reduce it, as `t.sum()`; docs/errors.md#d12"
)]
pub trait OneElement: Shape {}
#[diagnostic::do_not_recommend]
impl OneElement for () {}

impl<A, S> Tensor<A, S> {
    // The bounds are in the line of the function, as above.
    /// The one element of a tensor without axes.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// assert_eq!(Tensor::scalar(2.5).item(), 2.5);
    /// ```
    #[rustfmt::skip]
    pub fn item(&self) -> A where S: OneElement, A: Clone {
        // A shape without axes has one element.
        self.data[0].clone()
    }
}

impl<A, S> Clone for Tensor<A, S> {
    fn clone(&self) -> Self {
        Tensor {
            data: Arc::clone(&self.data),
            shape: PhantomData,
        }
    }
}

impl<A: PartialEq, S> PartialEq for Tensor<A, S> {
    fn eq(&self, other: &Self) -> bool {
        self.data == other.data
    }
}

impl<A: Eq, S> Eq for Tensor<A, S> {}
