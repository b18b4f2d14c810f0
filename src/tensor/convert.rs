//! Tensors from nested arrays, generic arrays and vectors.

use super::{Tensor, TensorError};
use crate::dim::{Dim, N, Natural};
use crate::scalar::Semiring;
use crate::shape::{Count, Shape};
use generic_array::sequence::GenericSequence;
use generic_array::{ArrayLength, GenericArray};

/// Nested arrays of scalars, up to rank 6. Arrays are not scalars, so `[[1.0]]` can only be a matrix.
#[diagnostic::on_unimplemented(
    message = "a tensor cannot be made from `{Self}`",
    label = "expected nested arrays of scalars, such as `[[1.0, 2.0], [3.0, 4.0]]`",
    note = "scalars are `f32`, `f64`, `BigRational` and your own; no array may have more than 999 entries",
    note = "docs/errors.md#d09, #d10"
)]
pub trait NestedArray {
    /// What the innermost arrays hold.
    type Scalar;
    /// The lengths of the arrays, outermost first.
    type Shape: Shape;
    /// The scalars, row major.
    fn flat(self) -> Vec<Self::Scalar>;
}

// The cases are in a table of their own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<T: Nested> NestedArray for T {
    type Scalar = T::Element;
    type Shape = T::Lengths;
    fn flat(self) -> Vec<T::Element> {
        self.elements()
    }
}

/// The cases of [`NestedArray`]. An array of what is no scalar is a case that fails, and then rustc names this trait.
#[diagnostic::on_unimplemented(
    message = "a tensor cannot be made from `{Self}`",
    label = "expected nested arrays of scalars, such as `[[1.0, 2.0], [3.0, 4.0]]`",
    note = "scalars are `f32`, `f64`, `BigRational` and your own; no array may have more than 999 entries",
    note = "docs/errors.md#d09, #d10"
)]
pub trait Nested {
    /// What the innermost arrays hold.
    type Element;
    /// The lengths of the arrays, outermost first.
    type Lengths: Shape;
    /// The scalars, row major.
    fn elements(self) -> Vec<Self::Element>;
}

/// Each `.flatten()` is one axis.
macro_rules! nested {
    ($($V:ident)+; $Array:ty; $($flatten:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<A: Semiring, $(const $V: usize),+> Nested for $Array
        where
            $(N<$V>: Dim,)+
        {
            type Element = A;
            type Lengths = ($(N<$V>,)+);
            fn elements(self) -> Vec<A> {
                self.into_iter()$(.$flatten())*.collect()
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

impl<T: NestedArray> From<T> for Tensor<T::Scalar, T::Shape> {
    fn from(array: T) -> Self {
        Tensor::from_vec_of_size(array.flat())
    }
}

impl<A, S: Shape> TryFrom<Vec<A>> for Tensor<A, S> {
    type Error = TensorError;
    fn try_from(data: Vec<A>) -> Result<Self, TensorError> {
        Tensor::from_vec(data)
    }
}

/// The element count of a shape as a typenum number: the length of its `GenericArray`.
pub type Length<S> = <<S as Count>::Size as Dim>::Nat;

impl<A, S: Count> Tensor<A, S> {
    /// A tensor from as many elements as its type says: five for a `shape![2, 3]` do not compile.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use generic_array::arr;
    /// let t = Tensor::<f64, shape![2, 3]>::from_generic_array(arr![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    /// assert_eq!(t[[1, 0]], 4.0);
    /// assert_eq!(t.to_generic_array(), arr![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    /// ```
    pub fn from_generic_array<L>(array: GenericArray<A, L>) -> Self
    where
        L: ArrayLength + Natural<Dim = S::Size>,
    {
        Tensor::from_vec_of_size(array.into_iter().collect())
    }

    /// The elements, row major, with their number in the type.
    pub fn to_generic_array(&self) -> GenericArray<A, Length<S>>
    where
        A: Clone,
        Length<S>: ArrayLength,
    {
        // The type says that the array is as long as the tensor, so every index is inside.
        GenericArray::generate(|i| self.as_slice()[i].clone())
    }
}
