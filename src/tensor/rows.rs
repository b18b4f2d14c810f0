//! The elements one after the other, and the rows.

use super::Tensor;
use crate::shape::{Axis, RemoveAxis};
use core::slice;

/// What is left of a shape without its first axis: the shape of a row.
type Row<S> = <S as RemoveAxis<Axis<0>>>::Out;

impl<A, S> Tensor<A, S> {
    /// The elements, row major.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let x = Tensor::from([[1.0, -2.0], [3.0, -4.0]]);
    /// assert_eq!(x.iter().filter(|x| **x < 0.0).count(), 2);
    /// for element in &x {
    ///     assert!(element.abs() < 5.0);
    /// }
    /// ```
    pub fn iter(&self) -> slice::Iter<'_, A> {
        self.data.iter()
    }

    /// The row `i`, of the shape without its first axis: of a matrix a vector, of a batch of images one image. `None` past the
    /// last.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let x = Tensor::from([[1.0, 2.0], [3.0, 4.0]]);
    /// assert_eq!(x.row(1), Some(Tensor::from([3.0, 4.0])));
    /// assert_eq!(x.row(2), None);
    /// ```
    pub fn row(&self, i: usize) -> Option<Tensor<A, Row<S>>>
    where
        A: Clone,
        S: RemoveAxis<Axis<0>>,
    {
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
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Tensor<A, Row<S>>>
    where
        A: Clone,
        S: RemoveAxis<Axis<0>>,
    {
        (0..S::DIMS[0]).map(|i| self.row_inside(i))
    }

    /// A row that there is: a shape with an axis 0 has a first dim, and `i` is below it.
    fn row_inside(&self, i: usize) -> Tensor<A, Row<S>>
    where
        A: Clone,
        S: RemoveAxis<Axis<0>>,
    {
        let size = <Row<S> as crate::shape::Shape>::SIZE;
        Tensor::from_vec_of_size(self.data[i * size..(i + 1) * size].to_vec())
    }
}

impl<'a, A, S> IntoIterator for &'a Tensor<A, S> {
    type Item = &'a A;
    type IntoIter = slice::Iter<'a, A>;
    fn into_iter(self) -> slice::Iter<'a, A> {
        self.iter()
    }
}
