//! The batches of an epoch.

use super::DataError;
use super::dataset::{Batch, Dataset};
use super::order::Order;
use crate::dim::Positive;
use crate::env::{EnvEntries, StackedList};
use crate::scalar::Semiring;
use core::fmt;
use core::marker::PhantomData;
use core::ops::Range;

/// The batches of an epoch, each of exactly `B` examples: [`Dataset::batches`] makes them. It can be sent to another thread:
/// [`Prefetch`](super::Prefetch).
pub struct Batches<A, E, B> {
    pub(super) epoch: Epoch<A, E>,
    kind: PhantomData<fn() -> B>,
}

/// The rows of an epoch, and which of its batches are still to come.
pub(super) struct Epoch<A, E> {
    pub(super) set: Dataset<A, E>,
    rows: Vec<usize>,
    size: usize,
    batches: Range<usize>,
}

impl<A, E> Epoch<A, E> {
    /// So many batches of this size.
    pub(super) fn new(set: &Dataset<A, E>, order: Order, size: usize, batches: usize) -> Self {
        let (set, rows) = (set.clone(), set.rows.ordered(order));
        Epoch {
            set,
            rows,
            size,
            batches: 0..batches,
        }
    }

    /// The rows of the batch that is `skipped` after the next.
    pub(super) fn nth(&mut self, skipped: usize) -> Option<&[usize]> {
        let first = self.batches.nth(skipped)? * self.size;
        self.rows.get(first..self.rows.len().min(first + self.size))
    }

    pub(super) fn len(&self) -> usize {
        self.batches.len()
    }

    pub(super) fn begun_at(mut self, got: usize) -> Result<Self, DataError> {
        let batches = self.batches.end;
        if got > batches {
            return Err(DataError::Position { batches, got });
        }
        self.batches.start = got;
        Ok(self)
    }

    pub(super) fn taken(&self) -> usize {
        self.batches.start
    }
}

impl<A, E> Dataset<A, E> {
    /// The batches of an epoch, in an order by a key, or in that of the set. The last examples of the order, where they are fewer
    /// than a batch, are dropped; other ways are [`padded_batches`](Self::padded_batches) and [`chunks`](Self::chunks).
    ///
    /// ```
    /// use cotangent::data::{Column, Dataset};
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// graph! {
    ///     fn loss(w: [], b: []; x: [2], y: [2]) -> [] { mse(w * x + b, y) }
    /// }
    /// let x: Vec<f64> = (0..9).map(|i| f64::from(i) / 8.0).collect();
    /// let y = x.iter().map(|x| 3.0 * x - 1.0).collect();
    /// let set = Dataset::new((Column::<f64, shape![]>::from_vec(x)?, Column::<f64, shape![]>::from_vec(y)?))?;
    ///
    /// let mut trainer = loss().trainer(&sgd(0.5), (&Tensor::zeros(), &Tensor::zeros()));
    /// for epoch in 0..100 {
    ///     for batch in set.batches::<N<2>>(Key::new(epoch))? {
    ///         trainer.step(&batch); // 4 in each epoch
    ///     }
    /// }
    /// let (w, b) = trainer.parameters();
    /// assert!((w.item() - 3.0).abs() < 1e-6 && (b.item() + 1.0).abs() < 1e-6);
    /// # Ok::<(), cotangent::data::DataError>(())
    /// ```
    ///
    /// # Errors
    /// If a batch has more examples than the set: the epoch would be over before it began, and nothing would be learnt.
    pub fn batches<B: Positive>(
        &self,
        order: impl Into<Order>,
    ) -> Result<Batches<A, E, B>, DataError> {
        let (batch, examples) = (B::SIZE, self.len());
        match examples / batch {
            0 => Err(DataError::BatchTooLarge { batch, examples }),
            batches => Ok(Batches {
                epoch: Epoch::new(self, order.into(), batch, batches),
                kind: PhantomData,
            }),
        }
    }
}

impl<A, E, B> Batches<A, E, B> {
    /// The same epoch, begun at this batch, counted from 0: where a run was interrupted. At the number of its batches it is over.
    ///
    /// ```
    /// use cotangent::data::{Column, Dataset};
    /// use cotangent::prelude::*;
    /// let set = Dataset::new(Column::<f64, shape![]>::from_vec((0..9).map(f64::from).collect())?)?;
    /// let epoch: Vec<_> = set.batches::<N<2>>(Key::new(5))?.collect();
    /// let rest: Vec<_> = set.batches::<N<2>>(Key::new(5))?.from_batch(3)?.collect();
    /// assert_eq!(rest, epoch[3..]);
    /// let error = set.batches::<N<2>>(Key::new(5))?.from_batch(5).unwrap_err();
    /// assert_eq!(error.to_string(), "an epoch of 4 batches cannot begin at batch 5: expected 0 to 4");
    /// # Ok::<(), cotangent::data::DataError>(())
    /// ```
    ///
    /// # Errors
    /// If the epoch has fewer batches.
    pub fn from_batch(self, n: usize) -> Result<Self, DataError> {
        let epoch = self.epoch.begun_at(n)?;
        Ok(Batches { epoch, ..self })
    }

    /// The number of the next batch: what a checkpoint stores, and [`from_batch`](Self::from_batch) takes.
    pub fn taken(&self) -> usize {
        self.epoch.taken()
    }
}

impl<A: Semiring, E: EnvEntries + StackedList<B, Stacks: EnvEntries>, B> Iterator
    for Batches<A, E, B>
{
    type Item = Batch<A, E, B>;

    fn next(&mut self) -> Option<Self::Item> {
        self.nth(0)
    }

    fn nth(&mut self, skipped: usize) -> Option<Self::Item> {
        let rows = self.epoch.nth(skipped)?.to_vec();
        Some(self.epoch.set.stack(&rows))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.epoch.len(), Some(self.epoch.len()))
    }
}

impl<A: Semiring, E: EnvEntries + StackedList<B, Stacks: EnvEntries>, B> ExactSizeIterator
    for Batches<A, E, B>
{
}

impl<A, E, B> fmt::Debug for Batches<A, E, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = f.debug_struct("Batches");
        f.field("set", &self.epoch.set)
            .field("left", &self.epoch.batches);
        f.finish_non_exhaustive()
    }
}
