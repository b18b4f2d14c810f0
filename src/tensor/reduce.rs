//! One value of all elements.

use super::{Indexed, Tensor, slices};
use crate::scalar::{Field, OrderedField, Semiring};
use crate::shape::Shape;

impl<A, S: Shape> Tensor<A, S> {
    /// The sum of all elements.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// assert_eq!(Tensor::from([[1.0, 2.0], [3.0, 4.0]]).sum(), 10.0);
    /// ```
    pub fn sum(&self) -> A
    where
        A: Semiring,
    {
        slices::sum(&self.data)
    }

    /// The mean of all elements. That of none is undefined: NaN over floats, 0 over rationals.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// assert_eq!(Tensor::from([[1.0, 2.0], [3.0, 4.0]]).mean(), 2.5);
    /// ```
    pub fn mean(&self) -> A
    where
        A: Field,
    {
        slices::mean(&self.data)
    }

    /// The index of the largest element, of the first of them; NaN counts as the largest. `None` of no element, and where the
    /// scalar cannot decide, such as between intervals that overlap.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// assert_eq!(Tensor::from([0.1, 0.7, 0.2]).argmax(), Some([1]));
    /// assert_eq!(Tensor::from([[1.0, 2.0], [4.0, 3.0]]).argmax(), Some([1, 0]));
    /// // The class of each row of scores.
    /// let scores = Tensor::from([[0.1, 0.9], [0.8, 0.2]]);
    /// let classes: Vec<_> = scores.rows().map(|row| row.argmax()).collect();
    /// assert_eq!(classes, [Some([1]), Some([0])]);
    /// ```
    pub fn argmax(&self) -> Option<S::Index>
    where
        A: OrderedField,
        S: Indexed,
    {
        slices::argmax(&self.data).map(S::index_of)
    }
}
