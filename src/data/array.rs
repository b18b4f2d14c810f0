//! Arrays as they are in files.

use super::DataError;
use super::column::{Column, checked};
use super::element::{ByteOrder, Element, bytes_of};
use super::file_error::{Place, Wrong};
use super::store::{Store, table};
use crate::dim::Dim;
use crate::env::LabelsOf;
use crate::shape::Shape;
use crate::tensor::{AnyTensor, Dims, Tensor};
use core::fmt;
use std::sync::Arc;

/// An array of numbers as a file has it: its elements are of the type of the file, its dims known at run time. It becomes a
/// [`Column`] of a shape, or a [`Tensor`], which are checked. It knows its file, and errors name it.
///
/// Nothing is converted by itself: `f64`s become `f32`s by [`map`](Self::map), which says how.
///
/// ```
/// use cotangent::data::{Array, Column, Dataset};
/// use cotangent::prelude::*;
/// // As a reader gives them: two images of 2 by 2 bytes, and their labels.
/// let images = Array::new(&[2, 2, 2], vec![0u8, 255, 0, 51, 102, 0, 0, 0])?;
/// let labels = Array::new(&[2], vec![1u8, 0])?;
///
/// let x = images.flattened().bytes::<f32, shape![4]>(|byte| f32::from(byte) / 255.0)?;
/// let y: Column<f32, Labels<2, shape![]>> = labels.labels()?;
/// let (first, _) = Dataset::new((x, y))?.split_at(1)?;
/// assert_eq!(first.example(0), Some(tlist![Tensor::from([0.0, 1.0, 0.0, 0.2]), Labels::new([1]).unwrap()]));
///
/// let error = images.map(f32::from).column::<shape![4]>().unwrap_err();
/// assert_eq!(error.to_string(), "an array: expected rows of dims [4], got [2, 2]");
/// # Ok::<(), cotangent::data::DataError>(())
/// ```
pub struct Array<T> {
    file: Arc<str>,
    place: Place,
    dims: Dims,
    data: Arc<Vec<T>>,
}

impl<T> Array<T> {
    /// An array from its dims and elements, row major.
    ///
    /// # Errors
    /// As [`AnyTensor::new`].
    pub fn new(dims: &[usize], data: Vec<T>) -> Result<Self, DataError> {
        let data = AnyTensor::new(dims, data)?.data_of(dims)?;
        let (file, place, dims) = ("an array".into(), Place::Whole, Dims::new(dims));
        Ok(Array {
            file,
            place,
            dims,
            data,
        })
    }

    /// The array of these dims that is these bytes, all of them. `before` bytes of the file were read already.
    pub(super) fn of_bytes(
        (file, place): (&str, &Place),
        dims: Dims,
        (before, bytes): (usize, &[u8]),
        order: ByteOrder,
    ) -> Result<Self, DataError>
    where
        T: Element,
    {
        let wrong = |wrong: Wrong| Err(wrong.at(file, place.clone()));
        let expected = bytes_of::<T>(dims.count()).filter(|_| dims.is_possible());
        let Some(expected) = expected else {
            return wrong(Wrong::TooLarge { dims });
        };
        if bytes.len() as u64 != expected {
            let expected = expected.saturating_add(before as u64);
            return wrong(Wrong::Bytes {
                expected,
                got: (before + bytes.len()) as u64,
            });
        }
        let data = Arc::new(T::of_bytes(bytes, order));
        Ok(Array {
            file: file.into(),
            place: place.clone(),
            dims,
            data,
        })
    }

    /// An array of a file, for callers that have counted.
    #[cfg(feature = "image")]
    pub(super) fn of_parts(file: &str, dims: Dims, data: Vec<T>) -> Self {
        debug_assert_eq!(dims.count(), data.len());
        Array {
            file: file.into(),
            place: Place::Whole,
            dims,
            data: Arc::new(data),
        }
    }

    /// The same array with its elements laid otherwise, for callers that have counted.
    pub(super) fn relaid(&self, dims: Dims, data: Vec<T>) -> Self {
        debug_assert_eq!(dims.count(), data.len());
        self.with(dims, Arc::new(data))
    }

    /// The sizes of the axes, outermost first.
    pub fn dims(&self) -> &Dims {
        &self.dims
    }

    /// The elements, row major.
    pub fn as_slice(&self) -> &[T] {
        &self.data
    }

    /// `f` of each element: where a type is changed, this says how.
    ///
    /// ```
    /// use cotangent::data::Array;
    /// let doubles = Array::new(&[2], vec![0.1_f64, 0.5])?;
    /// assert_eq!(doubles.map(|x| x as f32).as_slice(), [0.1_f32, 0.5]); // rounded
    /// # Ok::<(), cotangent::data::DataError>(())
    /// ```
    pub fn map<U>(&self, f: impl FnMut(T) -> U) -> Array<U>
    where
        T: Copy,
    {
        self.with(
            self.dims.clone(),
            Arc::new(self.data.iter().copied().map(f).collect()),
        )
    }

    /// The same rows, each as a vector: `[n, 28, 28]` as `[n, 784]`, and `[n]` as `[n, 1]`.
    #[must_use]
    pub fn flattened(&self) -> Self {
        let dims = match self.dims.split_first() {
            Some((&rows, row)) => Dims::new(&[rows, row.iter().product()]),
            None => self.dims.clone(),
        };
        self.with(dims, Arc::clone(&self.data))
    }

    fn with<U>(&self, dims: Dims, data: Arc<Vec<U>>) -> Array<U> {
        Array {
            file: Arc::clone(&self.file),
            place: self.place.clone(),
            dims,
            data,
        }
    }

    /// The array as a tensor, such as a weight.
    ///
    /// # Errors
    /// If its dims are not those of `S`.
    pub fn tensor<S: Shape>(&self) -> Result<Tensor<T, S>, DataError> {
        match *self.dims == *S::DIMS {
            true => Ok(Tensor::of_data(Arc::clone(&self.data))),
            false => Err(self.wrong(Wrong::Dims {
                expected: Dims::of::<S>(),
                got: self.dims.clone(),
            })),
        }
    }

    /// The rows as numbers of the same type. Nothing is copied.
    ///
    /// # Errors
    /// If the dims of a row are not those of `S`.
    pub fn column<S: Shape>(&self) -> Result<Column<T, S>, DataError> {
        let (row, rows) = self.rows::<S>()?;
        Ok(Column::of(
            Store::Scalars {
                row,
                data: Arc::clone(&self.data),
            },
            rows,
        ))
    }

    /// The rows as labels below `C`.
    ///
    /// # Errors
    /// A number that is no label, or if the dims of a row are not those of `S`.
    pub fn labels<A, C: Dim, S: Shape>(&self) -> Result<Column<A, LabelsOf<C, S>>, DataError>
    where
        T: Copy + fmt::Display + TryInto<usize>,
    {
        let (row, rows) = self.rows::<S>()?;
        let each = self.data.iter().enumerate().map(|(position, &label)| {
            let wrong = || Wrong::Label {
                position,
                got: label.to_string(),
                classes: C::SIZE,
            };
            checked(label, C::SIZE).ok_or_else(|| self.wrong(wrong()))
        });
        let data = Arc::new(each.collect::<Result<_, _>>()?);
        Ok(Column::of(
            Store::Indices {
                row,
                below: C::SIZE,
                data,
            },
            rows,
        ))
    }

    /// The dims of a row, if they are those of `S`, and how many rows there are.
    fn rows<S: Shape>(&self) -> Result<(Dims, usize), DataError> {
        match self.dims.split_first() {
            None => Err(self.wrong(Wrong::NoRows)),
            Some((&rows, row)) if *row == *S::DIMS => Ok((Dims::new(row), rows)),
            Some((_, row)) => Err(self.wrong(Wrong::RowDims {
                expected: Dims::of::<S>(),
                got: Dims::new(row),
            })),
        }
    }

    fn wrong(&self, wrong: Wrong) -> DataError {
        wrong.at(&self.file, self.place.clone())
    }
}

impl Array<u8> {
    /// The rows as scalars that stay bytes in memory: [`Column::from_bytes`].
    ///
    /// # Errors
    /// If the dims of a row are not those of `S`.
    pub fn bytes<A, S: Shape>(&self, scalar: impl Fn(u8) -> A) -> Result<Column<A, S>, DataError> {
        let (row, rows) = self.rows::<S>()?;
        let (data, table) = (Arc::clone(&self.data), table(scalar));
        Ok(Column::of(Store::Bytes { row, data, table }, rows))
    }
}

impl<T> Clone for Array<T> {
    fn clone(&self) -> Self {
        self.with(self.dims.clone(), Arc::clone(&self.data))
    }
}

impl<T> fmt::Debug for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Array{} of {}{}", self.dims, self.file, self.place)
    }
}
