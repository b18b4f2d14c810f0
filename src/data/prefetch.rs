//! Batches that are made on a thread.

use core::fmt;
use std::io;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{Builder, JoinHandle};

/// Iterators that go on while what they gave is used.
pub trait Prefetch: Iterator<Item: Send> + Send + Sized + 'static {
    /// The same items in the same order, made on a thread of their own: up to `ready` wait there, and one more is made. So batches
    /// are gathered, and changed by `map`, while the step before runs.
    ///
    /// Dropped early, it does not wait for the thread, which ends after the item that it is at.
    ///
    /// ```
    /// use cotangent::data::{Column, Dataset, Prefetch};
    /// use cotangent::prelude::*;
    /// let set = Dataset::new(Column::<f64, shape![]>::from_vec((0..6).map(f64::from).collect())?)?;
    /// let doubled = set.batches::<N<2>>(Key::new(0))?.map(|tlist![x]| x * 2.0);
    /// let sums: Vec<f64> = doubled.prefetch(2)?.map(|x| x.sum()).collect();
    /// assert_eq!((sums.len(), sums.iter().sum()), (3, 30.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The system gives no thread.
    ///
    /// # Panics
    /// [`next`](Iterator::next) panics where the thread did, after the items before that.
    fn prefetch(mut self, ready: usize) -> io::Result<Prefetched<Self::Item>> {
        let size = self.size_hint();
        let (sender, items) = sync_channel(ready);
        // A receiver that is gone ends the loop: nobody wants the rest.
        let make = move || self.try_for_each(|item| sender.send(item)).unwrap_or(());
        let thread = Builder::new().name("prefetch".to_owned()).spawn(make)?;
        Ok(Prefetched {
            items,
            thread: Some(thread),
            size,
        })
    }
}

impl<I: Iterator<Item: Send> + Send + 'static> Prefetch for I {}

/// Items that are made on a thread: [`Prefetch::prefetch`] makes them.
pub struct Prefetched<T> {
    items: Receiver<T>,
    /// None once all items are there.
    thread: Option<JoinHandle<()>>,
    /// How many are still to come.
    size: (usize, Option<usize>),
}

impl<T> Iterator for Prefetched<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match self.items.recv() {
            Ok(item) => {
                let (at_least, at_most) = self.size;
                let less = |count: usize| count.saturating_sub(1);
                self.size = (less(at_least), at_most.map(less));
                Some(item)
            }
            // The thread has ended: by itself, or by a panic.
            Err(_) => {
                self.size = (0, Some(0));
                match self.thread.take()?.join() {
                    Ok(()) => None,
                    Err(panic) => resume_unwind(panic),
                }
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.size
    }
}

impl<T> core::iter::FusedIterator for Prefetched<T> {}

impl<T> fmt::Debug for Prefetched<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prefetched")
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}
