//! One entry of each example.

use super::DataError;
use super::store::{Store, table};
use crate::dim::Dim;
use crate::env::{EnvEntry, LabelsOf};
use crate::scalar::Semiring;
use crate::shape::Shape;
use crate::tensor::{Dims, Type, Value};
use core::fmt;
use core::marker::PhantomData;
use std::sync::Arc;

/// One entry of each example: the rows of a [`Dataset`](super::Dataset) for one entry of its environment. Readers give columns,
/// and so do vectors. A clone shares the elements.
///
/// ```
/// use cotangent::data::{Column, Dataset};
/// use cotangent::prelude::*;
/// let x = Column::<f64, shape![2]>::from_vec(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0])?;
/// let y = Column::<f64, Labels<3, shape![]>>::from_labels([2, 0, 1])?;
/// assert_eq!((x.rows(), y.rows()), (3, 3));
/// let set = Dataset::new((x, y))?;
/// assert_eq!(set.example(1), Some(tlist![Tensor::from([3.0, 4.0]), Labels::new([0])?]));
///
/// let error = Column::<f64, Labels<3, shape![]>>::from_labels([2, 0, 3]).unwrap_err();
/// assert_eq!(error.to_string(), "label 2 is 3, and there are 3 classes: expected 0 to 2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Column<A, E> {
    /// One for each value of the entry, depth first.
    pub(super) stores: Vec<Store<A>>,
    pub(super) rows: usize,
    kind: PhantomData<fn() -> E>,
}

impl<A, E> Column<A, E> {
    /// How many rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// For callers that have held the rows against the type.
    pub(super) fn of(store: Store<A>, rows: usize) -> Self {
        let stores = vec![store];
        Column {
            stores,
            rows,
            kind: PhantomData,
        }
    }
}

impl<A, S: Shape> Column<A, S> {
    /// Rows of numbers, one after the other.
    ///
    /// # Errors
    /// If they are no whole number of rows.
    pub fn from_vec(numbers: Vec<A>) -> Result<Self, DataError> {
        let row = Dims::of::<S>();
        let rows = rows(&row, numbers.len())?;
        let data = Arc::new(numbers);
        Ok(Self::of(Store::Scalars { row, data }, rows))
    }

    /// Rows of bytes, one after the other, where a byte stands for a scalar. They stay bytes, a quarter of what `f32`s take: a
    /// batch looks its elements up in a table of 256.
    ///
    /// ```
    /// use cotangent::data::{Column, Dataset};
    /// use cotangent::prelude::*;
    /// let grey = |byte| f32::from(byte) / 255.0;
    /// let images = Column::<f32, shape![2, 2]>::from_bytes(vec![0, 255, 51, 0], grey)?;
    /// let tlist![first] = Dataset::new(images)?.example(0).unwrap();
    /// assert_eq!(first, Tensor::from([[0.0, 1.0], [0.2, 0.0]]));
    /// # Ok::<(), cotangent::data::DataError>(())
    /// ```
    ///
    /// # Errors
    /// If they are no whole number of rows.
    pub fn from_bytes(bytes: Vec<u8>, scalar: impl Fn(u8) -> A) -> Result<Self, DataError> {
        let row = Dims::of::<S>();
        let rows = rows(&row, bytes.len())?;
        let (data, table) = (Arc::new(bytes), table(scalar));
        Ok(Self::of(Store::Bytes { row, data, table }, rows))
    }
}

/// How many rows of these dims so many numbers are.
fn rows(row: &Dims, got: usize) -> Result<usize, DataError> {
    let each = row.count();
    let remainder = || DataError::Remainder {
        dims: row.clone(),
        each,
        got,
    };
    match got.checked_rem(each) {
        Some(0) => Ok(got / each),
        Some(_) | None => Err(remainder()),
    }
}

impl<A, C: Dim, S: Shape> Column<A, LabelsOf<C, S>> {
    /// Labels, of a row of them one after the other.
    ///
    /// # Errors
    /// A number that is no label below `C`, or numbers that are no whole number of rows.
    pub fn from_labels<T: Copy + fmt::Display + TryInto<usize>>(
        labels: impl IntoIterator<Item = T>,
    ) -> Result<Self, DataError> {
        let each = labels.into_iter().enumerate().map(|(position, label)| {
            checked(label, C::SIZE).ok_or_else(|| DataError::Label {
                position,
                got: label.to_string(),
                classes: C::SIZE,
            })
        });
        let data = each.collect::<Result<Vec<_>, _>>()?;
        let row = Dims::of::<S>();
        let rows = rows(&row, data.len())?;
        let (below, data) = (C::SIZE, Arc::new(data));
        Ok(Self::of(Store::Indices { row, below, data }, rows))
    }
}

/// A number as a label, if it is one.
pub(super) fn checked<T: TryInto<usize>>(label: T, classes: usize) -> Option<usize> {
    label.try_into().ok().filter(|&label| label < classes)
}

impl<A: Semiring, E: EnvEntry> Column<A, E> {
    /// Values of any entry, one for each row.
    ///
    /// ```
    /// use cotangent::data::Column;
    /// use cotangent::prelude::*;
    /// let rows = [Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
    /// let column = Column::<f64, shape![2]>::from_values(rows);
    /// assert_eq!(column.rows(), 2);
    /// ```
    pub fn from_values(values: impl IntoIterator<Item = E::Of<A>>) -> Self {
        let mut types = Vec::new();
        E::push_types(&mut types);
        let mut stacks = Stacks::new(&types);
        for value in values {
            stacks.push(|row| E::push_values(&value, row));
        }
        Column {
            stores: stacks.stores,
            rows: stacks.rows,
            kind: PhantomData,
        }
    }
}

/// Rows that are stacked one by one.
pub(super) struct Stacks<A> {
    pub(super) stores: Vec<Store<A>>,
    pub(super) rows: usize,
    values: Vec<Value<A>>,
}

impl<A: Clone> Stacks<A> {
    pub(super) fn new(types: &[Type]) -> Self {
        Stacks {
            stores: types.iter().map(Store::empty).collect(),
            rows: 0,
            values: Vec::new(),
        }
    }

    /// Adds the row whose values this adds.
    pub(super) fn push(&mut self, values: impl FnOnce(&mut Vec<Value<A>>)) {
        values(&mut self.values);
        for (store, value) in self.stores.iter_mut().zip(self.values.drain(..)) {
            store.push(&value);
        }
        self.rows += 1;
    }
}

impl<A: Clone, E> Clone for Column<A, E> {
    fn clone(&self) -> Self {
        Column {
            stores: self.stores.clone(),
            ..*self
        }
    }
}

impl<A, E> fmt::Debug for Column<A, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Column")
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}
