//! Batches of the size that is left.

use super::DataError;
use super::batches::Epoch;
use super::dataset::{Dataset, Example};
use super::order::Order;
use crate::env::EnvEntries;
use crate::scalar::Semiring;
use core::fmt;

/// The examples of an epoch, so many at once, and at last as many as are left: [`Dataset::chunks`] makes them.
pub struct Chunks<A, E> {
    epoch: Epoch<A, E>,
}

impl<A, E> Dataset<A, E> {
    /// `size` examples at once, each for itself, and at last those that are left: what a graph of one example takes that runs over
    /// any number of them, [`Plan::batched`](crate::graph::Plan::batched).
    ///
    /// ```
    /// use cotangent::data::{Column, Dataset};
    /// use cotangent::prelude::*;
    /// graph! {
    ///     /// Of one example.
    ///     fn error(w: []; x: [], y: []) -> [] { square(w * x - y) }
    /// }
    /// let x = Column::<f64, shape![]>::from_vec(vec![1.0, 2.0, 3.0, 4.0, 5.0])?;
    /// let y = Column::<f64, shape![]>::from_vec(vec![2.0, 4.0, 6.0, 8.0, 10.0])?;
    /// let set = Dataset::new((x, y))?;
    ///
    /// let mut plan = error().plan().batched();
    /// let mut w = Tensor::zeros();
    /// for epoch in 0..100 {
    ///     for chunk in set.chunks(2, Key::new(epoch))? {
    ///         let (errors, gradient) = plan.value_and_vjp(&w, &chunk);
    ///         w -= gradient * (0.02 / errors.len() as f64); // of their mean: 2, 2 and 1
    ///     }
    /// }
    /// assert!((w.item() - 2.0).abs() < 1e-6);
    /// # Ok::<(), cotangent::data::DataError>(())
    /// ```
    ///
    /// # Errors
    /// A size of 0.
    pub fn chunks(&self, size: usize, order: impl Into<Order>) -> Result<Chunks<A, E>, DataError> {
        if size == 0 {
            return Err(DataError::BatchOfNone);
        }
        let chunks = self.len().div_ceil(size);
        let epoch = Epoch::new(self, order.into(), size, chunks);
        Ok(Chunks { epoch })
    }
}

impl<A, E> Chunks<A, E> {
    /// As [`Batches::from_batch`](super::Batches::from_batch).
    ///
    /// # Errors
    /// If the epoch has fewer chunks.
    pub fn from_batch(self, n: usize) -> Result<Self, DataError> {
        let epoch = self.epoch.begun_at(n)?;
        Ok(Chunks { epoch })
    }

    /// The number of the next chunk.
    pub fn taken(&self) -> usize {
        self.epoch.taken()
    }
}

impl<A: Semiring, E: EnvEntries> Iterator for Chunks<A, E> {
    type Item = Vec<Example<A, E>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.nth(0)
    }

    fn nth(&mut self, skipped: usize) -> Option<Self::Item> {
        let rows = self.epoch.nth(skipped)?.to_vec();
        Some(rows.into_iter().map(|row| self.epoch.set.at(row)).collect())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.epoch.len(), Some(self.epoch.len()))
    }
}

impl<A: Semiring, E: EnvEntries> ExactSizeIterator for Chunks<A, E> {}

impl<A, E> fmt::Debug for Chunks<A, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = f.debug_struct("Chunks");
        f.field("set", &self.epoch.set)
            .field("left", &self.epoch.len());
        f.finish_non_exhaustive()
    }
}
