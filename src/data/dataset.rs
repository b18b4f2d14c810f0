//! Sets of examples.

use super::DataError;
use super::column::Stacks;
use super::columns::{Columns, Stores};
use super::order::{Order, Rows, checked_split, share};
use super::store::Store;
use crate::context::{TensorList, take_all};
use crate::dim::Dim;
use crate::env::{EnvEntries, StackedList};
use crate::scalar::Semiring;
use crate::tensor::{Key, Value};
use core::fmt;
use core::marker::PhantomData;
use std::sync::Arc;

/// An example: a value for each entry of the environment `E`, over the scalar `A`.
pub type Example<A, E> = TensorList<<E as EnvEntries>::Values<A>>;

/// `B` examples as one environment: each entry with a new first axis, `[784]` as `[B, 784]` and `[] < 10` as `[B] < 10`.
///
/// ```
/// use cotangent::data::{Batch, Column, Dataset};
/// use cotangent::prelude::*;
/// type Digit = environment![[2], [] < 10];
/// fn first(batch: &Batch<f32, Digit, N<4>>) -> usize {
///     let tlist![_, labels] = batch;
///     labels.as_slice()[0]
/// }
/// let labels = Column::from_labels([7, 0, 1, 2])?;
/// let set: Dataset<f32, Digit> = Dataset::new((Column::from_vec(vec![0.5; 8])?, labels))?;
/// assert_eq!(first(&set.all::<N<4>>()?), 7);
/// # Ok::<(), cotangent::data::DataError>(())
/// ```
pub type Batch<A, E, B> = Example<A, <E as StackedList<B>>::Stacks>;

/// A set of examples, each of them an environment `E` over the scalar `A`: `Dataset<f32, environment![[784], [] < 10]>`. It has at
/// least one. What it is made of was checked when it came in, so nothing that is taken from it can fail.
///
/// A clone, a part and a [shuffled](Self::shuffled) set share the elements.
///
/// | to | call |
/// | --- | --- |
/// | make | [`new`](Self::new) of columns, [`from_examples`](Self::from_examples), or a reader |
/// | read | [`len`](Self::len), [`example`](Self::example), [`examples`](Self::examples), [`all`](Self::all) |
/// | cut | [`shuffled`](Self::shuffled), [`split_at`](Self::split_at), [`split`](Self::split), [`split_groups`](Self::split_groups) |
/// | change | [`map`](Self::map); [`windows`](Self::windows) of a time series |
/// | train | [`batches`](Self::batches), [`padded_batches`](Self::padded_batches), [`chunks`](Self::chunks) |
pub struct Dataset<A, E> {
    stores: Arc<Vec<Store<A>>>,
    pub(super) rows: Rows,
    kind: PhantomData<fn() -> E>,
}

impl<A, E> Dataset<A, E> {
    /// The set whose examples are the rows of these columns.
    ///
    /// ```
    /// use cotangent::data::{Column, Dataset};
    /// use cotangent::prelude::*;
    /// let x = Column::<f64, shape![2]>::from_vec(vec![1.0, 2.0, 3.0, 4.0])?;
    /// let y = Column::<f64, shape![]>::from_vec(vec![0.5, 0.25])?;
    /// let set: Dataset<f64, environment![[2], []]> = Dataset::new((x.clone(), y))?;
    /// assert_eq!(set.len(), 2);
    ///
    /// let short = Column::<f64, shape![]>::from_vec(vec![0.5])?;
    /// let error = Dataset::new((x, short)).unwrap_err();
    /// assert_eq!(error.to_string(), "column 1 has 1 rows, and column 0 has 2");
    /// # Ok::<(), cotangent::data::DataError>(())
    /// ```
    ///
    /// # Errors
    /// Columns of different lengths, or of none.
    pub fn new(columns: impl Columns<A, Example = E>) -> Result<Self, DataError> {
        let rows = columns.rows();
        let expected = rows.first().copied().unwrap_or_default();
        if let Some(column) = rows.iter().position(|&got| got != expected) {
            return Err(DataError::Rows {
                column,
                expected,
                got: rows[column],
            });
        }
        let Stores(stores) = columns.into_stores();
        Self::of(stores, expected)
    }

    /// For callers that have held the stores against the type.
    pub(super) fn of(stores: Vec<Store<A>>, rows: usize) -> Result<Self, DataError> {
        if rows == 0 {
            return Err(DataError::Empty);
        }
        Ok(Dataset {
            stores: Arc::new(stores),
            rows: Rows::all(rows),
            kind: PhantomData,
        })
    }

    /// How many examples it has: at least one.
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The set in an order that is drawn by `key`: a [permutation](super::permutation) of its examples.
    ///
    /// ```
    /// use cotangent::data::{Column, Dataset};
    /// use cotangent::prelude::*;
    /// let numbers = Column::<f64, shape![]>::from_vec(vec![0.0, 1.0, 2.0, 3.0])?;
    /// let (train, test) = Dataset::new(numbers)?.shuffled(Key::new(1)).split_at(3)?;
    /// assert_eq!((train.len(), test.len()), (3, 1));
    /// # Ok::<(), cotangent::data::DataError>(())
    /// ```
    #[must_use]
    pub fn shuffled(&self, key: Key) -> Self {
        self.with(self.rows.shuffled(key))
    }

    /// The first `at` examples, and the others.
    ///
    /// ```
    /// use cotangent::data::{Column, Dataset};
    /// use cotangent::prelude::*;
    /// let set = Dataset::new(Column::<f64, shape![]>::from_vec(vec![0.0; 5])?)?;
    /// let error = set.split_at(6).unwrap_err();
    /// assert_eq!(error.to_string(), "a split at 6 of 5 examples leaves none on one side");
    /// # Ok::<(), cotangent::data::DataError>(())
    /// ```
    ///
    /// # Errors
    /// If one of the sides has none.
    pub fn split_at(&self, at: usize) -> Result<(Self, Self), DataError> {
        checked_split(at, self.len(), "examples")?;
        let (first, second) = self.rows.split_at(at);
        Ok((self.with(first), self.with(second)))
    }

    /// This part of the examples, and the others: [`split_at`](Self::split_at) the nearest whole number. Of
    /// `.shuffled(key).split(0.8)` the first is the training set.
    ///
    /// # Errors
    /// If the part is not between 0 and 1, or if one of the sides has none.
    pub fn split(&self, part: f64) -> Result<(Self, Self), DataError> {
        self.split_at(share(part, self.len())?)
    }

    pub(super) fn with(&self, rows: Rows) -> Self {
        Dataset {
            stores: Arc::clone(&self.stores),
            rows,
            kind: PhantomData,
        }
    }
}

impl<A: Semiring, E: EnvEntries> Dataset<A, E> {
    /// The set of these examples.
    ///
    /// ```
    /// use cotangent::data::Dataset;
    /// use cotangent::prelude::*;
    /// let squares = (0..4).map(|x| f64::from(x)).map(|x| tlist![Tensor::scalar(x), Tensor::scalar(x * x)]);
    /// let set = Dataset::<f64, environment![[], []]>::from_examples(squares)?;
    /// assert_eq!(set.example(3), Some(tlist![Tensor::scalar(3.0), Tensor::scalar(9.0)]));
    /// # Ok::<(), cotangent::data::DataError>(())
    /// ```
    ///
    /// # Errors
    /// If there are none.
    pub fn from_examples(
        examples: impl IntoIterator<Item = Example<A, E>>,
    ) -> Result<Self, DataError> {
        let mut types = Vec::new();
        E::push_types(&mut types);
        let mut stacks = Stacks::new(&types);
        for TensorList(example) in examples {
            stacks.push(|row| E::push_values(&example, row));
        }
        Self::of(stacks.stores, stacks.rows)
    }

    /// An example; none past the last.
    pub fn example(&self, i: usize) -> Option<Example<A, E>> {
        (i < self.len()).then(|| self.at(self.rows.at(i)))
    }

    /// The examples, one after the other.
    pub fn examples(&self) -> impl ExactSizeIterator<Item = Example<A, E>> {
        (0..self.len()).map(|i| self.at(self.rows.at(i)))
    }

    /// All examples as one batch: for a test, or where every step takes the whole set.
    ///
    /// # Errors
    /// If the set has not exactly `B`.
    pub fn all<B: Dim>(&self) -> Result<Batch<A, E, B>, DataError>
    where
        E: StackedList<B, Stacks: EnvEntries>,
    {
        let (expected, got) = (B::SIZE, self.len());
        match expected == got {
            true => Ok(self.stack(&self.rows.ordered(Order::Stored))),
            false => Err(DataError::NotAll { expected, got }),
        }
    }

    /// The set of `f` of each example, which may be another environment over another scalar. It is computed now, once for each
    /// example; a function of a batch, as [`Iterator::map`] has it, is computed when the batch is taken.
    ///
    /// ```
    /// use cotangent::data::Dataset;
    /// use cotangent::prelude::*;
    /// let rows = [[0.0, 16.0], [8.0, 4.0]].map(|row| tlist![Tensor::from(row)]);
    /// let raw = Dataset::<f64, environment![[2]]>::from_examples(rows)?;
    /// // In single precision, in parts of 16, and with a label: is the first the larger one?
    /// let set: Dataset<f32, environment![[2], [] < 2]> = raw.map(|tlist![x]| {
    ///     let is_first = x[[0]] > x[[1]];
    ///     tlist![x.map(|&x| (x / 16.0) as f32), Labels::new([is_first.into()]).unwrap()]
    /// });
    /// assert_eq!(set.example(1), Some(tlist![Tensor::from([0.5, 0.25]), Labels::new([1]).unwrap()]));
    /// # Ok::<(), cotangent::data::DataError>(())
    /// ```
    pub fn map<B: Semiring, F: EnvEntries>(
        &self,
        f: impl FnMut(Example<A, E>) -> Example<B, F>,
    ) -> Dataset<B, F> {
        let mapped = Dataset::from_examples(self.examples().map(f));
        match mapped {
            Ok(set) => set,
            Err(error) => unreachable!("a set has an example: {error}"),
        }
    }

    /// These rows of the columns as a batch.
    pub(super) fn stack<B>(&self, rows: &[usize]) -> Batch<A, E, B>
    where
        E: StackedList<B, Stacks: EnvEntries>,
    {
        typed::<A, E::Stacks>(self.stores.iter().map(|store| store.stack(rows)).collect())
    }

    /// This row of the columns.
    pub(super) fn at(&self, row: usize) -> Example<A, E> {
        typed::<A, E>(self.stores.iter().map(|store| store.row(row)).collect())
    }
}

/// Values that are of the types of these entries.
fn typed<A: Semiring, E: EnvEntries>(values: Vec<Value<A>>) -> Example<A, E> {
    match take_all(values, E::take_values) {
        Ok(list) => TensorList(list),
        Err(error) => unreachable!("rows that are not of the types of their set: {error}"),
    }
}

impl<A, E> Clone for Dataset<A, E> {
    fn clone(&self) -> Self {
        self.with(self.rows.clone())
    }
}

impl<A, E> fmt::Debug for Dataset<A, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dataset")
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}
