//! Tensors from nested arrays, generic arrays and vectors.

use super::{Tensor, TensorError};
use crate::dim::{Decimal, Dim, N};
use crate::scalar::Semiring;
use crate::shape::{Count, Shape};
use generic_array::sequence::GenericSequence;
use generic_array::{ArrayLength, GenericArray};

/// Nested arrays of scalars: arrays are not scalars, so `[[1.0]]` can only be a matrix. Each `.flatten()` is one axis.
macro_rules! nested {
    ($($V:ident)+; $Array:ty; $($flatten:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<A: Semiring, $(const $V: usize),+> From<$Array> for Tensor<A, ($(N<$V>,)+)>
        where
            $(N<$V>: Dim,)+
        {
            fn from(array: $Array) -> Self {
                Tensor::from_vec_of_size(array.into_iter()$(.$flatten())*.collect())
            }
        }
    };
}

nested!(I; [A; I];);
nested!(I J; [[A; J]; I]; flatten);
nested!(I J K; [[[A; K]; J]; I]; flatten flatten);
nested!(I J K L; [[[[A; L]; K]; J]; I]; flatten flatten flatten);
nested!(I J K L M; [[[[[A; M]; L]; K]; J]; I]; flatten flatten flatten flatten);
nested!(I J K L M O; [[[[[[A; O]; M]; L]; K]; J]; I]; flatten flatten flatten flatten flatten);

impl<A, S: Shape> TryFrom<Vec<A>> for Tensor<A, S> {
    type Error = TensorError;
    fn try_from(data: Vec<A>) -> Result<Self, TensorError> {
        Tensor::from_vec(data)
    }
}

/// The element count of a shape as a typenum number: the length of its `GenericArray`.
pub type Length<S> = <<S as Count>::Size as Dim>::Nat;

/// An element count that an array of `Given` elements has.
#[diagnostic::on_unimplemented(
    message = "a tensor of `{Self}` elements cannot be made from an array of `{Given}`",
    label = "the numbers of elements must be equal"
)]
pub trait FilledBy<Given: Dim>: Dim {}

impl<D: Dim> FilledBy<D> for D {}

/// The element count is checked by type: five elements for a `shape![2, 3]` do not compile.
///
/// ```
/// use cotangent::prelude::*;
/// use generic_array::{GenericArray, arr};
/// let t: Tensor<i32, shape![2, 3]> = arr![1, 2, 3, 4, 5, 6].into();
/// assert_eq!(t[[1, 0]], 4);
/// let back: GenericArray<i32, _> = t.into();
/// assert_eq!(back, arr![1, 2, 3, 4, 5, 6]);
/// ```
impl<A, S: Count, L: ArrayLength + Decimal> From<GenericArray<A, L>> for Tensor<A, S>
where
    S::Size: FilledBy<L::Dim>,
{
    fn from(array: GenericArray<A, L>) -> Self {
        Tensor::from_vec_of_size(array.into_iter().collect())
    }
}

impl<A: Clone, S: Count> From<Tensor<A, S>> for GenericArray<A, Length<S>>
where
    Length<S>: ArrayLength,
{
    fn from(tensor: Tensor<A, S>) -> Self {
        // The type says that the array is as long as the tensor, so every index is inside.
        GenericArray::generate(|i| tensor.as_slice()[i].clone())
    }
}
