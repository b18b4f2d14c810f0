//! Tensors whose dims are known at run time only: what the tape holds.

use super::{Dims, Tensor, TensorError};
use crate::scalar::Semiring;
use crate::shape::Shape;
use std::sync::Arc;

/// Dims and elements, row major. A clone shares the elements.
///
/// ```
/// use cotangent::prelude::*;
/// let any = AnyTensor::new(&[2, 2], vec![1.0, 2.0, 3.0, 4.0])?;
/// let typed: Tensor<f64, shape![2, 2]> = any.cast()?;
/// assert_eq!(typed[[1, 1]], 4.0);
/// let error = any.cast::<shape![4]>().unwrap_err();
/// assert_eq!(error.to_string(), "expected a tensor of dims [4], got [2, 2]");
/// # Ok::<(), TensorError>(())
/// ```
pub struct AnyTensor<A> {
    dims: Dims,
    data: Arc<Vec<A>>,
}

impl<A, S: Shape> Tensor<A, S> {
    /// The same elements with the shape known at run time only.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let any = Tensor::from([[1.0, 2.0]]).to_any();
    /// assert_eq!(any, AnyTensor::new(&[1, 2], vec![1.0, 2.0])?);
    /// # Ok::<(), TensorError>(())
    /// ```
    pub fn to_any(&self) -> AnyTensor<A> {
        shared(S::DIMS, &self.data)
    }
}

/// Compiled once for each scalar, not for each shape.
fn shared<A>(dims: &[usize], data: &Arc<Vec<A>>) -> AnyTensor<A> {
    AnyTensor::from_shared(Dims::new(dims), Arc::clone(data))
}

impl<A> AnyTensor<A> {
    /// A tensor from its dims and elements, row major.
    ///
    /// # Errors
    /// Dims that are too large, and a number of elements that is not that of the dims. Too large is a product of the
    /// dims past 2^48, even if one of them is 0: that one is left out.
    pub fn new(dims: &[usize], data: Vec<A>) -> Result<Self, TensorError> {
        let dims = Dims::new(dims);
        if !dims.is_possible() {
            return Err(TensorError::TooLarge { dims });
        }
        let expected = dims.count();
        if data.len() == expected {
            Ok(Self::from_parts(dims, data))
        } else {
            let got = data.len();
            Err(TensorError::Length {
                dims,
                expected,
                got,
            })
        }
    }

    /// The elements, to be changed: a copy of them, if another tensor shares them.
    pub(crate) fn as_mut_slice(&mut self) -> &mut [A]
    where
        A: Clone,
    {
        Arc::make_mut(&mut self.data).as_mut_slice()
    }

    /// For callers that have counted.
    pub(crate) fn from_parts(dims: Dims, data: Vec<A>) -> Self {
        Self::from_shared(dims, Arc::new(data))
    }

    pub(super) fn from_shared(dims: Dims, data: Arc<Vec<A>>) -> Self {
        debug_assert_eq!(data.len(), dims.count());
        AnyTensor { dims, data }
    }

    /// The scalar `value`, of rank 0.
    pub fn scalar(value: A) -> Self {
        Self::from_parts(Dims::of::<()>(), vec![value])
    }

    /// The same scalar everywhere.
    ///
    /// # Panics
    /// If there is no memory for so many, as for a `Vec`.
    pub fn full(dims: Dims, value: A) -> Self
    where
        A: Clone,
    {
        let count = dims.count();
        Self::from_parts(dims, vec![value; count])
    }

    /// The tensor of zeros.
    pub fn zeros(dims: Dims) -> Self
    where
        A: Semiring,
    {
        Self::full(dims, A::zero())
    }

    /// The dims.
    pub fn dims(&self) -> &Dims {
        &self.dims
    }

    /// The elements, row major.
    pub fn as_slice(&self) -> &[A] {
        &self.data
    }

    /// The same elements as a tensor of static shape.
    ///
    /// # Errors
    /// [`TensorError::Dims`] if the dims are not those of `S`.
    pub fn cast<S: Shape>(&self) -> Result<Tensor<A, S>, TensorError> {
        self.data_of(S::DIMS).map(Tensor::of_data)
    }

    /// The elements, if the dims are these. Compiled once for each scalar, not for each shape.
    pub(crate) fn data_of(&self, expected: &[usize]) -> Result<Arc<Vec<A>>, TensorError> {
        match *self.dims == *expected {
            true => Ok(Arc::clone(&self.data)),
            false => Err(TensorError::Dims {
                expected: Dims::new(expected),
                got: self.dims.clone(),
            }),
        }
    }

    /// The sum of two tensors of the same dims. It is how cotangents accumulate.
    ///
    /// # Errors
    /// [`TensorError::Dims`] if the dims differ.
    pub fn add(&self, other: &Self) -> Result<Self, TensorError>
    where
        A: Semiring,
    {
        if self.dims != other.dims {
            return Err(TensorError::Dims {
                expected: self.dims.clone(),
                got: other.dims.clone(),
            });
        }
        let pairs = self.data.iter().zip(other.data.iter());
        let data = pairs.map(|(x, y)| x.clone() + y.clone()).collect();
        Ok(Self::from_parts(self.dims.clone(), data))
    }

    /// The same elements under other dims of the same count; for callers that have counted.
    pub(crate) fn with_dims(&self, dims: Dims) -> Self {
        Self::from_shared(dims, Arc::clone(&self.data))
    }
}

impl<A> Clone for AnyTensor<A> {
    fn clone(&self) -> Self {
        AnyTensor {
            dims: self.dims.clone(),
            data: Arc::clone(&self.data),
        }
    }
}

impl<A: PartialEq> PartialEq for AnyTensor<A> {
    fn eq(&self, other: &Self) -> bool {
        self.dims == other.dims && self.data == other.data
    }
}

impl<A: Eq> Eq for AnyTensor<A> {}
