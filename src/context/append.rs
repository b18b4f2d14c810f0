//! Joining lists. On contexts, which are types only, it is `Context::Append`.

use super::TensorList;
use frunk::hlist::{HCons, HNil};

/// `Self ++ B`.
pub trait Append<B>: Sized {
    /// The joined list.
    type Out;
    /// Joins two lists.
    fn append(self, other: B) -> Self::Out;
}

impl<B> Append<B> for HNil {
    type Out = B;
    fn append(self, other: B) -> B {
        other
    }
}

impl<H, T: Append<B>, B> Append<B> for HCons<H, T> {
    type Out = HCons<H, T::Out>;
    fn append(self, other: B) -> Self::Out {
        HCons {
            head: self.head,
            tail: self.tail.append(other),
        }
    }
}

impl<L> TensorList<L> {
    /// The entries of this list, then those of another: `Γ ++ Δ`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let x = tlist![Tensor::scalar(1.0)];
    /// let y = tlist![Tensor::from([2.0, 3.0])];
    /// let tlist![a, b] = x.append(y);
    /// assert_eq!((a.item(), b[[1]]), (1.0, 3.0));
    /// ```
    pub fn append<M>(self, other: TensorList<M>) -> TensorList<L::Out>
    where
        L: Append<M>,
    {
        TensorList(self.0.append(other.0))
    }
}
