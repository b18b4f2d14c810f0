//! From typed lists to lists of [`AnyTensor`]s, and back.

use super::TensorList;
use super::erase_error::EraseError;
use super::taking::{Taking, take_tensors};
use crate::shape::Shape;
use crate::tensor::{AnyTensor, Tensor, Value, only_tensors};
use frunk::hlist::{HCons, HNil};

/// Tensors and lists of tensors that can forget their shapes, and get them back.
pub trait Erase<A>: Sized {
    /// Adds every tensor, depth first.
    fn push_any(&self, list: &mut Vec<Value<A>>);

    /// Takes as many tensors as there are entries, depth first.
    fn take_any(from: &mut Taking<A>) -> Self;
}

impl<A, S: Shape> Erase<A> for Tensor<A, S> {
    fn push_any(&self, list: &mut Vec<Value<A>>) {
        push(list, self.to_any());
    }
    fn take_any(from: &mut Taking<A>) -> Self {
        Tensor::of_data(from.tensor(S::DIMS))
    }
}

impl<A> Erase<A> for HNil {
    fn push_any(&self, _list: &mut Vec<Value<A>>) {}
    fn take_any(_from: &mut Taking<A>) -> Self {
        HNil
    }
}

impl<A, H: Erase<A>, T: Erase<A>> Erase<A> for HCons<H, T> {
    // Inlined, each list would be compiled once more in every longer one.
    #[inline(never)]
    fn push_any(&self, list: &mut Vec<Value<A>>) {
        self.head.push_any(list);
        self.tail.push_any(list);
    }
    #[inline(never)]
    fn take_any(from: &mut Taking<A>) -> Self {
        HCons {
            head: H::take_any(from),
            tail: T::take_any(from),
        }
    }
}

impl<A, L: Erase<A>> Erase<A> for TensorList<L> {
    fn push_any(&self, list: &mut Vec<Value<A>>) {
        self.0.push_any(list);
    }
    fn take_any(from: &mut Taking<A>) -> Self {
        TensorList(L::take_any(from))
    }
}

/// Compiled once for each scalar, not for each shape.
fn push<A>(list: &mut Vec<Value<A>>, tensor: AnyTensor<A>) {
    list.push(Value::Scalar(tensor));
}

/// ```
/// use cotangent::prelude::*;
/// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0)];
/// let erased = x.to_any_list();
/// assert_eq!(erased[0].dims().to_string(), "[2]");
/// assert_eq!(TensorList::from_any_list(erased), Ok(x.clone()));
/// let indexed = x.to_indexed_any_list(7);
/// assert_eq!((indexed[0].0, indexed[1].0), (7, 8));
/// ```
impl<L> TensorList<L> {
    /// Every tensor with its shape forgotten, depth first.
    pub fn to_any_list<A>(&self) -> Vec<AnyTensor<A>>
    where
        L: Erase<A>,
    {
        let mut list = Vec::new();
        self.0.push_any(&mut list);
        only_tensors(list)
    }

    /// [`to_any_list`](Self::to_any_list) as a boxed slice, the array that the tape compares its values to.
    pub fn to_any_array<A>(&self) -> Box<[AnyTensor<A>]>
    where
        L: Erase<A>,
    {
        self.to_any_list().into_boxed_slice()
    }

    /// [`to_any_list`](Self::to_any_list), each with the id of its tape node, counted from `start`.
    pub fn to_indexed_any_list<A>(&self, start: usize) -> Vec<(usize, AnyTensor<A>)>
    where
        L: Erase<A>,
    {
        (start..).zip(self.to_any_list()).collect()
    }

    /// The inverse of [`to_any_list`](Self::to_any_list).
    ///
    /// # Errors
    /// A tensor of other dims, too few tensors, or too many.
    pub fn from_any_list<A>(
        list: impl IntoIterator<Item = AnyTensor<A>>,
    ) -> Result<Self, EraseError>
    where
        L: Erase<A>,
    {
        take_tensors(list.into_iter().collect(), |from| {
            let typed = L::take_any(from);
            if !from.is_empty() {
                from.fail(EraseError::TooLong);
            }
            TensorList(typed)
        })
    }

    /// The same tensors under another type of the same shapes: `(Γ ++ Δ) ++ Ε` as `Γ ++ (Δ ++ Ε)`.
    ///
    /// The two types are equal whenever the contexts are known; where one is generic, the compiler cannot see
    /// that they are, and the cast is checked at run time.
    ///
    /// # Errors
    /// If the shapes are not the same, in the same order.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let left = tlist![Tensor::scalar(1)].append(tlist![Tensor::scalar(2)]).append(tlist![Tensor::scalar(3)]);
    /// let right = tlist![Tensor::scalar(1)].append(tlist![Tensor::scalar(2)].append(tlist![Tensor::scalar(3)]));
    /// assert_eq!(left.cast(), Ok(right));
    /// ```
    pub fn cast<A, M>(&self) -> Result<TensorList<M>, EraseError>
    where
        L: Erase<A>,
        M: Erase<A>,
    {
        TensorList::from_any_list(self.to_any_list())
    }
}
