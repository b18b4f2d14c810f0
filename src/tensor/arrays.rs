//! Tensors from and to the arrays of the crate `ndarray`: the feature `ndarray`.
//!
//! ```
//! use cotangent::prelude::*;
//! use ndarray::{Array2, ArrayView2, array};
//! let t: Tensor<f64, shape![2, 2]> = array![[1.0, 2.0], [3.0, 4.0]].try_into()?;
//! let view: ArrayView2<f64> = (&t).into(); // nothing is copied
//! assert_eq!(view.t(), array![[1.0, 3.0], [2.0, 4.0]]);
//! let array: Array2<f64> = t.into();
//! // The dims of an array are known at run time only, and are checked.
//! let error = Tensor::<f64, shape![4]>::try_from(array).unwrap_err();
//! assert_eq!(error.to_string(), "expected a tensor of dims [4], got [2, 2]");
//! # Ok::<(), TensorError>(())
//! ```

use super::{AnyTensor, Tensor, TensorError};
use crate::dim::Dim;
use crate::shape::Shape;
use ndarray::{
    Array, ArrayBase, ArrayD, ArrayView, Data, Dimension, Ix0, Ix1, Ix2, Ix3, Ix4, Ix5, Ix6, IxDyn,
};
use std::sync::Arc;

/// The elements of an array, row major, whatever its layout. Of an array that owns them in this order nothing is copied.
fn elements<A: Clone, R: Data<Elem = A>, D: Dimension>(array: ArrayBase<R, D>) -> Vec<A> {
    if !array.is_standard_layout() {
        return array.iter().cloned().collect();
    }
    let count = array.len();
    let (mut data, offset) = array.into_owned().into_raw_vec_and_offset();
    // A part of a larger array may own all of it.
    data.truncate(offset.unwrap_or(0) + count);
    data.drain(..offset.unwrap_or(0));
    data
}

/// The dims are checked.
impl<A: Clone, R: Data<Elem = A>, D: Dimension> TryFrom<ArrayBase<R, D>> for AnyTensor<A> {
    type Error = TensorError;
    fn try_from(array: ArrayBase<R, D>) -> Result<Self, TensorError> {
        let dims = array.shape().to_vec();
        AnyTensor::new(&dims, elements(array))
    }
}

/// The dims are checked.
impl<A: Clone, R: Data<Elem = A>, D: Dimension, S: Shape> TryFrom<ArrayBase<R, D>>
    for Tensor<A, S>
{
    type Error = TensorError;
    fn try_from(array: ArrayBase<R, D>) -> Result<Self, TensorError> {
        AnyTensor::try_from(array)?.cast()
    }
}

/// Dims and as many elements, as a tensor has them.
fn array<A, D: Dimension>(dims: D, data: Vec<A>) -> Array<A, D> {
    match Array::from_shape_vec(dims, data) {
        Ok(array) => array,
        Err(error) => unreachable!("a tensor has as many elements as its dims say: {error}"),
    }
}

fn view<A, D: Dimension>(dims: D, data: &[A]) -> ArrayView<'_, A, D> {
    match ArrayView::from_shape(dims, data) {
        Ok(view) => view,
        Err(error) => unreachable!("a tensor has as many elements as its dims say: {error}"),
    }
}

impl<A: Clone> From<AnyTensor<A>> for ArrayD<A> {
    fn from(t: AnyTensor<A>) -> Self {
        array(IxDyn(t.dims()), t.as_slice().to_vec())
    }
}

macro_rules! ranks {
    ($($Ix:ident [$($D:ident)*];)*) => {$(
        /// The elements are copied only if a clone of the tensor is alive.
        impl<A: Clone, $($D: Dim),*> From<Tensor<A, ($($D,)*)>> for Array<A, $Ix> {
            fn from(t: Tensor<A, ($($D,)*)>) -> Self {
                array(ndarray::Dim([$($D::SIZE),*]), Arc::unwrap_or_clone(t.data))
            }
        }
        /// Nothing is copied.
        impl<'a, A, $($D: Dim),*> From<&'a Tensor<A, ($($D,)*)>> for ArrayView<'a, A, $Ix> {
            fn from(t: &'a Tensor<A, ($($D,)*)>) -> Self {
                view(ndarray::Dim([$($D::SIZE),*]), &t.data)
            }
        }
    )*};
}

ranks! {
    Ix0 [];
    Ix1 [I];
    Ix2 [I J];
    Ix3 [I J K];
    Ix4 [I J K L];
    Ix5 [I J K L M];
    Ix6 [I J K L M N];
}
