//! Batches whose last one is filled up.

use super::DataError;
use super::batches::Epoch;
use super::dataset::{Batch, Dataset};
use super::order::Order;
use crate::context::{Snoc, TensorList};
use crate::dim::{Dim, Positive};
use crate::env::{EnvEntries, StackedList};
use crate::scalar::Semiring;
use crate::tensor::Tensor;
use core::fmt;
use core::marker::PhantomData;

/// The batches of an epoch with a weight for each example: [`Dataset::padded_batches`] makes them.
pub struct PaddedBatches<A, E, B> {
    epoch: Epoch<A, E>,
    kind: PhantomData<fn() -> B>,
}

impl<A, E> Dataset<A, E> {
    /// As [`batches`](Self::batches), with one entry more, the last: a weight for each of the `B` examples, 1. Where the last
    /// examples are fewer than `B`, their batch is filled up with its first example, which weighs 0.
    ///
    /// With an example, not with zeros: where a loss has a logarithm or a quotient, it may be infinite at zeros, and 0 times that
    /// is no number.
    ///
    /// ```
    /// use cotangent::data::{Column, Dataset, Order};
    /// use cotangent::prelude::*;
    /// graph! {
    ///     /// A sum over examples, and of how many.
    ///     fn errors(w: []; x: [2], y: [2], weight: [2]) -> ([], []) {
    ///         (sum(square(w * x - y) * weight), sum(weight))
    ///     }
    /// }
    /// let x = Column::<f64, shape![]>::from_vec(vec![1.0, 2.0, 3.0])?;
    /// let y = Column::<f64, shape![]>::from_vec(vec![2.0, 2.0, 2.0])?;
    /// let set = Dataset::new((x, y))?;
    /// let (mut error, mut count) = (0.0, 0.0);
    /// for batch in set.padded_batches::<N<2>>(Order::Stored) {
    ///     let (errors, examples) = errors().value(&Tensor::scalar(1.0), &batch);
    ///     (error, count) = (error + errors.item(), count + examples.item());
    /// }
    /// assert_eq!((error, count), (1.0 + 0.0 + 1.0, 3.0));
    /// # Ok::<(), cotangent::data::DataError>(())
    /// ```
    pub fn padded_batches<B: Positive>(&self, order: impl Into<Order>) -> PaddedBatches<A, E, B> {
        let batches = self.len().div_ceil(B::SIZE);
        PaddedBatches {
            epoch: Epoch::new(self, order.into(), B::SIZE, batches),
            kind: PhantomData,
        }
    }
}

impl<A, E, B> PaddedBatches<A, E, B> {
    /// As [`Batches::from_batch`](super::Batches::from_batch).
    ///
    /// # Errors
    /// If the epoch has fewer batches.
    pub fn from_batch(self, n: usize) -> Result<Self, DataError> {
        let epoch = self.epoch.begun_at(n)?;
        Ok(PaddedBatches { epoch, ..self })
    }

    /// The number of the next batch.
    pub fn taken(&self) -> usize {
        self.epoch.taken()
    }
}

impl<A: Semiring, E, V, B: Dim> Iterator for PaddedBatches<A, E, B>
where
    E: EnvEntries + StackedList<B, Stacks: EnvEntries<Values<A> = V>>,
    V: Snoc<Tensor<A, (B,)>>,
{
    type Item = TensorList<V::Out>;

    fn next(&mut self) -> Option<Self::Item> {
        self.nth(0)
    }

    fn nth(&mut self, skipped: usize) -> Option<Self::Item> {
        let mut rows = self.epoch.nth(skipped)?.to_vec();
        let examples = rows.len();
        rows.resize(B::SIZE, *rows.first()?);
        let weight = |[i]: [usize; 1]| match i < examples {
            true => A::one(),
            false => A::zero(),
        };
        let batch: Batch<A, E, B> = self.epoch.set.stack(&rows);
        Some(batch.snoc(Tensor::from_fn(weight)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.epoch.len(), Some(self.epoch.len()))
    }
}

impl<A, E, B> ExactSizeIterator for PaddedBatches<A, E, B> where Self: Iterator {}

impl<A, E, B> fmt::Debug for PaddedBatches<A, E, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = f.debug_struct("PaddedBatches");
        f.field("set", &self.epoch.set)
            .field("left", &self.epoch.len());
        f.finish_non_exhaustive()
    }
}
